package dev.ringmaster.queue.control;

import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.message.MessageId;
import org.jspecify.annotations.Nullable;

/// What is known of a message of the main subscription.
///
/// @param attempts that were begun and counted
/// @param acceptedMs Unix milliseconds
/// @param nextMs of a waiting message: before this it is not tried; else 0
/// @param reason of a dead message or a failed attempt: why; null if there is none
/// @param answer of a done or dead message, until it expires; null if there is none
public record MessageStatus(
    MessageId id,
    State state,
    int shard,
    int attempts,
    long acceptedMs,
    long nextMs,
    @Nullable String reason,
    @Nullable Answer answer) {

  /// Where a message is in its life.
  public enum State {
    WAITING,
    IN_FLIGHT,
    DONE,
    DEAD
  }
}
