/// What a message is: its id, its key, its slot and shard, its bytes.
@NullMarked
package dev.ringmaster.queue.message;

import org.jspecify.annotations.NullMarked;
