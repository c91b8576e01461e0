/// What can be asked of the queues, and what is answered.
@NullMarked
package dev.ringmaster.queue.control;

import org.jspecify.annotations.NullMarked;
