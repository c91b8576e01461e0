package dev.ringmaster.queue.plain;

import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.store.Order.Result;
import org.jspecify.annotations.Nullable;

/// A dead message.
record Corpse(Message message, int attempts, long diedMs, String reason, @Nullable Result result) {

  boolean expired(long nowMs) {
    return result != null && result.untilMs() <= nowMs;
  }

  Corpse withoutAnswer() {
    return new Corpse(message, attempts, diedMs, reason, null);
  }
}
