package dev.ringmaster.queue.store;

import dev.ringmaster.queue.store.QueueStore.ShardId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// Who has which shard, for a store whose only process knows it by heart.
///
/// An epoch is the store's: it grows at each start, and whenever a shard is taken a second time in
/// one life of the store. So it grows for each shard, and shards that are taken once, at the start,
/// share one. Not safe for several threads.
public final class Leases {
  /// Has what was released: a renewal must not bring it back.
  private static final String NOBODY = "";

  private final InstantSource clock;
  private final Map<ShardId, Lease> leases = new HashMap<>();
  private final TreeMap<String, Long> untilByOwner = new TreeMap<>();
  private long epoch;

  /// @param epoch greater than those of all lives of the store before
  public Leases(InstantSource clock, long epoch) {
    this.clock = clock;
    this.epoch = epoch;
  }

  /// What the epoch would be if the owner took the shard now; 0 if another has it.
  public long offer(ShardId shard, String owner) {
    Lease lease = leases.get(shard);
    if (lease == null) {
      return epoch;
    }
    boolean free = lease.owner.equals(owner) || lease.untilMs <= clock.millis();
    return free ? epoch + 1 : 0;
  }

  /// The owner takes the shard, at what [#offer] said.
  public void take(ShardId shard, String owner, long leaseMs, long offered) {
    epoch = Math.max(epoch, offered);
    leases.put(shard, new Lease(owner, offered, clock.millis() + leaseMs));
  }

  /// As [QueueStore#renew].
  public Map<ShardId, Long> renew(String owner, long leaseMs) {
    long untilMs = clock.millis() + leaseMs;
    untilByOwner.values().removeIf(until -> until <= clock.millis());
    if (leaseMs > 0) {
      untilByOwner.put(owner, untilMs);
    } else {
      untilByOwner.remove(owner);
    }
    Map<ShardId, Long> kept = new HashMap<>();
    leases.replaceAll((shard, lease) -> lease.owner.equals(owner) ? lease.until(untilMs) : lease);
    leases.forEach((shard, lease) -> {
      if (lease.owner.equals(owner) && leaseMs > 0) {
        kept.put(shard, lease.epoch);
      }
    });
    return kept;
  }

  /// As [QueueStore#release].
  public void release(ShardId shard, String owner) {
    Lease lease = leases.get(shard);
    if (lease != null && lease.owner.equals(owner)) {
      leases.put(shard, new Lease(NOBODY, lease.epoch, 0));
    }
  }

  /// As [QueueStore#owners].
  public List<String> owners() {
    List<String> names = new ArrayList<>();
    untilByOwner.forEach((name, until) -> {
      if (until > clock.millis()) {
        names.add(name);
      }
    });
    return names;
  }

  /// Forgets the shards of some queues.
  public void forget(IntPredicate queues) {
    leases.keySet().removeIf(shard -> queues.test(shard.queue()));
  }

  /// Whether the epoch is the shard's.
  public boolean holds(ShardId shard, long epoch) {
    Lease lease = leases.get(shard);
    return lease != null && lease.epoch == epoch;
  }

  private record Lease(String owner, long epoch, long untilMs) {
    Lease until(long ms) {
      return new Lease(owner, epoch, ms);
    }
  }
}
