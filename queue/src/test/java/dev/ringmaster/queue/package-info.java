/// Tests of the queues as a whole.
@NullMarked
package dev.ringmaster.queue;

import org.jspecify.annotations.NullMarked;
