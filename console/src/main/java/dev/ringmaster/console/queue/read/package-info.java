/// How messages are read from requests.
@NullMarked
package dev.ringmaster.console.queue.read;

import org.jspecify.annotations.NullMarked;
