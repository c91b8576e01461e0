/// The way of a message to whoever handles it, and what becomes of it there.
@NullMarked
package dev.ringmaster.queue.delivery;

import org.jspecify.annotations.NullMarked;
