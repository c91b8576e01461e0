/// Tests of results that are posted.
@NullMarked
package dev.ringmaster.queue.callback;

import org.jspecify.annotations.NullMarked;
