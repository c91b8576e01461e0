package dev.ringmaster.queue.plain;

import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.store.Order.Result;
import org.jspecify.annotations.Nullable;

/// A dead message.
record Corpse(Message message, int attempts, long diedMs, String reason, @Nullable Result result) {

  /// Without an answer that has expired.
  Corpse at(long nowMs) {
    return result != null && result.untilMs() <= nowMs
        ? new Corpse(message, attempts, diedMs, reason, null)
        : this;
  }
}
