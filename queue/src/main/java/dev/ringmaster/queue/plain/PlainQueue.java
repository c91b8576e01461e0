package dev.ringmaster.queue.plain;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.store.StoredQueue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A queue and what belongs to it alone.
final class PlainQueue {
  final int number;
  final Map<String, Integer> subscriptions = new LinkedHashMap<>();
  final Map<String, Known> known = new HashMap<>();
  QueueTerms terms;
  SlotTable slots;
  boolean paused;

  PlainQueue(int number, QueueTerms terms) {
    this.number = number;
    this.terms = terms;
    this.slots = SlotTable.equal(terms.shards());
  }

  StoredQueue view() {
    return new StoredQueue(number, terms, slots, paused, new LinkedHashMap<>(subscriptions));
  }

  /// Forgets deduplication ids, at most so many; how many.
  int expire(long nowMs, int most) {
    List<String> expired =
        known.entrySet().stream()
            .filter(one -> one.getValue().untilMs() <= nowMs)
            .limit(most)
            .map(Map.Entry::getKey)
            .toList();
    expired.forEach(known::remove);
    return expired.size();
  }

  /// A message whose deduplication id is known.
  record Known(MessageId id, int slot, long untilMs) {}
}
