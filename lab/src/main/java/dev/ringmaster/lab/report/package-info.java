/// What was found, as one HTML page, as JSON and as CSV.
@NullMarked
package dev.ringmaster.lab.report;

import org.jspecify.annotations.NullMarked;
