package dev.ringmaster.queue;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.plain.PlainStore;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import dev.ringmaster.queue.store.StoredQueue;
import dev.ringmaster.queue.store.Totals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The store that all instances of a history share: the plain one, which now and then fails before
/// a commit, after it, or at a read. It tells the watch what became durable.
final class SimStore implements QueueStore {
  private final SimWorld world;
  private final PlainStore plain;
  private final Watch watch;
  private final Map<ShardId, String> owners = new HashMap<>();
  private double faults;

  /// Hears what is durable, at that moment.
  interface Watch {
    void durable(Order order, Effect effect);

    /// A shard was taken from an owner who had not given it back; it may be he himself, too late.
    void taken(String from, ShardId shard);
  }

  SimStore(SimWorld world, Watch watch) {
    this.world = world;
    this.plain = new PlainStore(world.steadyClock());
    this.watch = watch;
  }

  /// How often it fails, 0 to 1.
  void failing(double probability) {
    faults = probability;
  }

  @Override
  public List<Effect> commit(List<Order> orders) throws StoreFault {
    if (world.chance(faults)) {
      if (world.chance(0.5)) {
        throw fault(Durable.NO);
      }
      if (world.chance(0.5)) {
        carryOut(orders);
      }
      throw fault(Durable.UNKNOWN);
    }
    return carryOut(orders);
  }

  private List<Effect> carryOut(List<Order> orders) {
    List<Effect> effects = plain.commit(orders);
    for (int i = 0; i < orders.size(); i++) {
      watch.durable(orders.get(i), effects.get(i));
    }
    return effects;
  }

  private static StoreFault fault(Durable durable) {
    return new StoreFault(Kind.UNAVAILABLE, durable, "a fault of the simulation", null);
  }

  private void mayFail() throws StoreFault {
    if (world.chance(faults)) {
      throw fault(Durable.NO);
    }
  }

  /// The queues, as the history itself sees them.
  List<StoredQueue> asItIs() {
    return plain.queues();
  }

  @Override
  public List<StoredQueue> queues() throws StoreFault {
    mayFail();
    return plain.queues();
  }

  @Override
  public List<Entry> read(LogId log, long afterSeq, LongPredicate lanes, int most)
      throws StoreFault {
    mayFail();
    return plain.read(log, afterSeq, lanes, most);
  }

  @Override
  public List<Message> messages(LogId log, List<Long> seqs) throws StoreFault {
    mayFail();
    return plain.messages(log, seqs);
  }

  @Override
  public @Nullable MessageStatus find(int queue, int subscription, MessageId id) {
    return plain.find(queue, subscription, id);
  }

  @Override
  public List<DeadMessage> dead(int subscription, @Nullable MessageId after, int most)
      throws StoreFault {
    mayFail();
    return plain.dead(subscription, after, most);
  }

  @Override
  public List<Long> deadLanes(LogId log) throws StoreFault {
    mayFail();
    return plain.deadLanes(log);
  }

  @Override
  public Totals totals(LogId log) throws StoreFault {
    mayFail();
    return plain.totals(log);
  }

  @Override
  public long acquire(int queue, int shard, String owner, long leaseMs) throws StoreFault {
    mayFail();
    long epoch = plain.acquire(queue, shard, owner, leaseMs);
    ShardId id = new ShardId(queue, shard);
    if (epoch > 0) {
      String before = owners.put(id, owner);
      if (before != null) {
        watch.taken(before, id);
      }
    }
    return epoch;
  }

  @Override
  public Map<ShardId, Long> renew(String owner, long leaseMs) throws StoreFault {
    mayFail();
    return plain.renew(owner, leaseMs);
  }

  @Override
  public void release(int queue, int shard, String owner) throws StoreFault {
    mayFail();
    plain.release(queue, shard, owner);
    owners.remove(new ShardId(queue, shard), owner);
  }

  @Override
  public List<String> owners() throws StoreFault {
    mayFail();
    return plain.owners();
  }

  @Override
  public void close() {
    plain.close();
  }
}
