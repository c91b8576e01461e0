/// Where messages are kept: what a store can do, in batches that are durable as a whole.
@NullMarked
package dev.ringmaster.queue.store;

import org.jspecify.annotations.NullMarked;
