package dev.ringmaster.queue.plain;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.store.StoredQueue;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  /// A message whose deduplication id is known.
  record Known(MessageId id, int slot, long untilMs) {}
}
