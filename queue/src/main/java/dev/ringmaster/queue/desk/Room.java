package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.QueueTerms.Limits;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What a queue still takes in: the desk says what is held, producers add what is on its way to it.
/// For any thread.
final class Room {
  private final AtomicLong comingMessages = new AtomicLong();
  private final AtomicLong comingBytes = new AtomicLong();
  private volatile ShardLog.Held held = ShardLog.Held.NOTHING;
  private volatile long oldestMs;

  /// Takes room for messages.
  ///
  /// @return null if there is room, else for people what is lacking; then nothing is taken
  @Nullable String reserve(Limits limits, int messages, long bytes, long nowMs) {
    long oldest = oldestMs;
    if (!limits.oldest().isZero() && oldest != 0 && nowMs - oldest > limits.oldest().toMillis()) {
      return "its oldest message is older than " + limits.oldest().toSeconds() + " s";
    }
    long allMessages = held.messages() + comingMessages.addAndGet(messages);
    long allBytes = held.bytes() + comingBytes.addAndGet(bytes);
    if (allMessages <= limits.messages() && allBytes <= limits.bytes()) {
      return null;
    }
    giveBack(messages, bytes);
    return allMessages > limits.messages()
        ? "it holds " + limits.messages() + " messages, as many as it may"
        : "it holds as many bytes as it may, " + limits.bytes();
  }

  void giveBack(int messages, long bytes) {
    comingMessages.addAndGet(-messages);
    comingBytes.addAndGet(-bytes);
  }

  void hold(ShardLog.Held now) {
    held = now;
  }

  void oldest(long acceptedMs) {
    oldestMs = acceptedMs;
  }
}
