package dev.ringmaster.queue.control;

import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.message.Message;
import org.jspecify.annotations.Nullable;

/// A message that is not tried any more.
///
/// @param diedMs Unix milliseconds
/// @param reason for people
/// @param answer the last one; null if there was none
public record DeadMessage(
    Message message,
    int shard,
    int attempts,
    long diedMs,
    String reason,
    @Nullable Answer answer) {}
