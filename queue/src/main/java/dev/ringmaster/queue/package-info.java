/// The life of a message: accepted, kept, delivered in the order of its key, acknowledged.
@NullMarked
package dev.ringmaster.queue;

import org.jspecify.annotations.NullMarked;
