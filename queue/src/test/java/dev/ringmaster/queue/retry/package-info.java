/// Tests of when a message is tried again.
@NullMarked
package dev.ringmaster.queue.retry;

import org.jspecify.annotations.NullMarked;
