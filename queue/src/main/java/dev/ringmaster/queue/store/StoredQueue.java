package dev.ringmaster.queue.store;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.message.SlotTable;
import java.util.Map;

/// A queue as a store has it.
///
/// @param number unique in the store
/// @param subscriptions their numbers by name
public record StoredQueue(
    int number,
    QueueTerms terms,
    SlotTable slots,
    boolean paused,
    Map<String, Integer> subscriptions) {}
