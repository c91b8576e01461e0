/// Where a replica stands in its fleet.
@NullMarked
package dev.ringmaster.console.place;

import org.jspecify.annotations.NullMarked;
