package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.postgres.Schema.Lock;
import dev.ringmaster.queue.store.Catalog;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore.ShardId;
import dev.ringmaster.queue.store.StoredQueue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// What a commit must hold, in the one order in which everyone takes it.
final class Locks {
  private final TreeMap<Long, Boolean> alone = new TreeMap<>();
  private final Set<ShardId> owned = new HashSet<>();

  private Locks() {}

  static Locks of(List<Order> orders, Catalog catalog) {
    Locks locks = new Locks();
    orders.forEach(order -> locks.add(order, catalog));
    return locks;
  }

  long[] keys() {
    return Contents.longs(alone.keySet());
  }

  boolean[] alone() {
    boolean[] all = new boolean[alone.size()];
    int at = 0;
    for (boolean one : alone.values()) {
      all[at++] = one;
    }
    return all;
  }

  /// The shards whose epochs matter.
  Set<ShardId> owned() {
    return owned;
  }

  private void add(Order order, Catalog catalog) {
    switch (order) {
      case Order.Append append -> append(append, catalog);
      case Order.Owned one -> owned(one, catalog);
      case Order.PutQueue _ -> alone.put(Lock.CATALOG.of(0, 0), true);
      case Order.DropQueue drop -> change(drop.queue());
      case Order.PutSubscription put -> change(put.queue());
      case Order.DropSubscription drop -> change(drop.queue());
      case Order.Pause pause -> change(pause.queue());
      case Order.Move move -> {
        change(move.queue());
        move.epochs().keySet().forEach(shard -> epoch(move.queue(), shard));
      }
      case Order.Expire _ -> {}
    }
  }

  private void append(Order.Append order, Catalog catalog) {
    StoredQueue queue = catalog.queue(order.queue());
    together(Lock.QUEUE.of(order.queue(), 0));
    if (queue != null) {
      alone.put(Lock.TAIL.of(queue.number(), queue.slots().shard(order.slot())), true);
    }
  }

  private void owned(Order.Owned order, Catalog catalog) {
    StoredQueue queue = catalog.queueOf(order.log().subscription());
    if (queue != null) {
      together(Lock.QUEUE.of(queue.number(), 0));
      epoch(queue.number(), order.log().shard());
      if (order instanceof Order.Redrive) {
        alone.put(Lock.TAIL.of(queue.number(), order.log().shard()), true);
      }
    }
  }

  private void change(int queue) {
    alone.put(Lock.CATALOG.of(0, 0), true);
    alone.put(Lock.QUEUE.of(queue, 0), true);
  }

  private void epoch(int queue, int shard) {
    together(Lock.EPOCH.of(queue, shard));
    owned.add(new ShardId(queue, shard));
  }

  private void together(long key) {
    alone.putIfAbsent(key, false);
  }
}
