package dev.ringmaster.queue.store;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The queues of a store as one immutable value, found by number, by name, or by subscription.
public final class Catalog {
  private final SortedMap<Integer, StoredQueue> queues = new TreeMap<>();
  private final SortedMap<Integer, StoredQueue> bySubscription = new TreeMap<>();

  public Catalog(Collection<StoredQueue> queues) {
    for (StoredQueue queue : queues) {
      this.queues.put(queue.number(), queue);
      queue.subscriptions().values().forEach(number -> bySubscription.put(number, queue));
    }
  }

  /// All of them, in the order of their numbers.
  public List<StoredQueue> queues() {
    return List.copyOf(queues.values());
  }

  /// One by its number; null if there is none.
  public @Nullable StoredQueue queue(int number) {
    return queues.get(number);
  }

  /// One by its name; null if there is none.
  public @Nullable StoredQueue queue(String name) {
    for (StoredQueue queue : queues.values()) {
      if (queue.terms().name().equals(name)) {
        return queue;
      }
    }
    return null;
  }

  /// The one that a subscription belongs to; null if there is none.
  public @Nullable StoredQueue queueOf(int subscription) {
    return bySubscription.get(subscription);
  }

  /// With this queue in place of the one of its number, if there is one.
  public Catalog with(StoredQueue queue) {
    SortedMap<Integer, StoredQueue> next = new TreeMap<>(queues);
    next.put(queue.number(), queue);
    return new Catalog(next.values());
  }

  /// Without the queue of this number.
  public Catalog without(int number) {
    SortedMap<Integer, StoredQueue> next = new TreeMap<>(queues);
    next.remove(number);
    return new Catalog(next.values());
  }
}
