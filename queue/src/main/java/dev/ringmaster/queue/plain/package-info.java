/// Messages kept in plain memory: the model of what a store is, and the store of simulations.
@NullMarked
package dev.ringmaster.queue.plain;

import org.jspecify.annotations.NullMarked;
