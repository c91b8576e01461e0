/// The desk of a queue: its owner, one thread, who gives out, hears what became of it and orders
/// the store to keep that.
@NullMarked
package dev.ringmaster.queue.desk;

import org.jspecify.annotations.NullMarked;
