/// What `bench/queue` runs.
@NullMarked
package dev.ringmaster.queue.bench;

import org.jspecify.annotations.NullMarked;
