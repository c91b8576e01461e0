/// What the console tells of a fleet: its status, its table, where a request would go.
@NullMarked
package dev.ringmaster.console.report;

import org.jspecify.annotations.NullMarked;
