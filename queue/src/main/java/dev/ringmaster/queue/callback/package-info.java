/// Results of messages, posted to where their producers want them.
@NullMarked
package dev.ringmaster.queue.callback;

import org.jspecify.annotations.NullMarked;
