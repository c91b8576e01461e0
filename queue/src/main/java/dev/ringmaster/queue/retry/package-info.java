/// When a message is tried again, and when not any more: pure decisions.
@NullMarked
package dev.ringmaster.queue.retry;

import org.jspecify.annotations.NullMarked;
