/// The HTTP API of the queues: sending, looking up, pulling, and what operators do.
@NullMarked
package dev.ringmaster.console.queue;

import org.jspecify.annotations.NullMarked;
