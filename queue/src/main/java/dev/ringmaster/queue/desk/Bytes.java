package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.message.Message;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes of a log's messages that will be given out soon, within what the owner can spare.
final class Bytes {
  private final Map<Long, Message> messages = new HashMap<>();
  private final Budget budget;

  Bytes(Budget budget) {
    this.budget = budget;
  }

  /// Whether there is room for more.
  boolean hasRoom() {
    return budget.isLeft();
  }

  void keep(Message message) {
    if (hasRoom() && messages.put(message.seq(), message) == null) {
      budget.take(size(message));
    }
  }

  /// Takes a message out; null if it is not here.
  @Nullable Message take(long seq) {
    Message message = messages.remove(seq);
    if (message != null) {
      budget.giveBack(size(message));
    }
    return message;
  }

  boolean has(long seq) {
    return messages.containsKey(seq);
  }

  void clear() {
    messages.values().forEach(message -> budget.giveBack(size(message)));
    messages.clear();
  }

  private static long size(Message message) {
    return message.content().bytes() + message.key().length + OVERHEAD_BYTES;
  }

  /// Objects and the map's entry.
  private static final long OVERHEAD_BYTES = 300;
}
