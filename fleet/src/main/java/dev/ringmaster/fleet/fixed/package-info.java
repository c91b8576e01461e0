/// Replicas that someone else runs: given targets, watched and never started or stopped.
@NullMarked
package dev.ringmaster.fleet.fixed;

import org.jspecify.annotations.NullMarked;
