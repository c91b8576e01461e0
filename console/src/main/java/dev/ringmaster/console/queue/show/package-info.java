/// How queues and messages are shown in JSON.
@NullMarked
package dev.ringmaster.console.queue.show;

import org.jspecify.annotations.NullMarked;
