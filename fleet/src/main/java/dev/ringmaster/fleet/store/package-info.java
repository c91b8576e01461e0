/// What outlives Ringmaster: the data directory and the fleet's file in it.
@NullMarked
package dev.ringmaster.fleet.store;

import org.jspecify.annotations.NullMarked;
