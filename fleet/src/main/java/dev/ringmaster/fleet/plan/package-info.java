/// What should be done: the planner and its rules, as functions of what is wanted, what is seen and
/// the time.
@NullMarked
package dev.ringmaster.fleet.plan;

import org.jspecify.annotations.NullMarked;
