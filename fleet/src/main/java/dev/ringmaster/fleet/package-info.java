/// The life of a replica: seats, health, planner, supervisor, runtimes.
@NullMarked
package dev.ringmaster.fleet;

import org.jspecify.annotations.NullMarked;
