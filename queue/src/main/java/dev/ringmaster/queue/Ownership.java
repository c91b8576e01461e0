package dev.ringmaster.queue;

import dev.ringmaster.queue.OwnerThread.Place;
import dev.ringmaster.queue.desk.Claims;
import dev.ringmaster.queue.desk.Clocks;
import dev.ringmaster.queue.desk.Desk;
import dev.ringmaster.queue.desk.Tenure;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.QueueStore.ShardId;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.ring.Mix;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.Table;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which shards this process owns.
///
/// Each process renews its leases and says that it is there every [#RENEW_NS]; the leases run for
/// [#LEASE_MS]. Whoever is there is in the table that maps each shard to its owner (rendezvous
/// hashing, so that a process that comes or goes moves only its own share), and takes what is its
/// own and free, which gives a greater epoch. What is not its own any more it drains and releases.
/// A process that dies, or cannot renew, has lost its shards when the lease ends; it knows so
/// itself, by [Tenure].
final class Ownership implements Claims, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ownership.class);

  static final long LEASE_MS = 5_000;
  static final long RENEW_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

  /// A process stops before its leases end, in case the clocks of two machines run apart.
  private static final long MARGIN_NS = TimeUnit.MILLISECONDS.toNanos(500);

  /// The leases of a process that has its store for itself.
  private static final long FOREVER_MS = TimeUnit.DAYS.toMillis(36_500);

  private static final long CLOSE_MS = 5_000;

  private final QueueStore store;
  private final QueuesSettings settings;
  private final Clocks clocks;
  private final Tenure tenure;
  private final Supplier<Collection<Place>> places;
  private final Map<ShardId, Long> mine = new ConcurrentHashMap<>();
  private final Set<ShardId> leaving = ConcurrentHashMap.newKeySet();
  private final Set<ShardId> left = ConcurrentHashMap.newKeySet();
  private final Thread thread =
      Thread.ofPlatform().name("queue-leases").daemon().unstarted(this::run);
  private volatile Phase phase = Phase.OPEN;
  private long renewedNs;

  private enum Phase {
    OPEN,
    CLOSED
  }

  Ownership(
      QueueStore store,
      QueuesSettings settings,
      Clocks clocks,
      Tenure tenure,
      Supplier<Collection<Place>> places) {
    this.store = store;
    this.settings = settings;
    this.clocks = clocks;
    this.tenure = tenure;
    this.places = places;
    this.renewedNs = clocks.nowNs();
  }

  void start() {
    thread.start();
  }

  @Override
  public long claim(int queue, int shard) throws StoreFault {
    ShardId id = new ShardId(queue, shard);
    long epoch = store.acquire(queue, shard, settings.owner(), leaseMs());
    if (epoch > 0) {
      mine.put(id, epoch);
    }
    return epoch;
  }

  private long leaseMs() {
    return settings.isAlone() ? FOREVER_MS : LEASE_MS;
  }

  /// Looks at once, since there are other queues or shards.
  @Override
  public void look() {
    LockSupport.unpark(thread);
  }

  private void run() {
    while (phase == Phase.OPEN) {
      try {
        round();
      } catch (StoreFault fault) {
        log.warn("the leases of queues could not be renewed: {}", fault.getMessage());
        loseIfLate();
      }
      LockSupport.parkNanos(this, RENEW_NS);
    }
  }

  private void round() throws StoreFault {
    long beganNs = clocks.nowNs();
    long leaseMs = leaseMs();
    Map<ShardId, Long> kept = store.renew(settings.owner(), leaseMs);
    renewedNs = beganNs;
    tenure.prolong(beganNs + TimeUnit.MILLISECONDS.toNanos(leaseMs) - MARGIN_NS);
    Map<Integer, Place> byNumber = new HashMap<>();
    places.get().forEach(place -> byNumber.put(place.desk().number(), place));
    loseWhatIsNotKept(kept, byNumber);
    releaseWhatIsDrained();
    Table table = table();
    for (Place place : byNumber.values()) {
      claim(place, table);
    }
  }

  private void loseWhatIsNotKept(Map<ShardId, Long> kept, Map<Integer, Place> byNumber) {
    for (Map.Entry<ShardId, Long> one : List.copyOf(mine.entrySet())) {
      Place place = byNumber.get(one.getKey().queue());
      if (place == null) {
        mine.remove(one.getKey());
      } else if (!one.getValue().equals(kept.get(one.getKey()))) {
        log.warn("shard {} of {} is another's now", one.getKey().shard(), name(place));
        lose(place, one.getKey());
      }
    }
  }

  private void lose(Place place, ShardId shard) {
    mine.remove(shard);
    leaving.remove(shard);
    place.execute(() -> place.desk().lose(shard.shard()));
  }

  private void loseIfLate() {
    if (settings.isAlone()
        || clocks.nowNs() - renewedNs < TimeUnit.MILLISECONDS.toNanos(LEASE_MS) - MARGIN_NS) {
      return;
    }
    for (Place place : places.get()) {
      for (ShardId shard : List.copyOf(mine.keySet())) {
        if (shard.queue() == place.desk().number()) {
          lose(place, shard);
        }
      }
    }
  }

  private void releaseWhatIsDrained() throws StoreFault {
    for (ShardId shard : Set.copyOf(left)) {
      store.release(shard.queue(), shard.shard(), settings.owner());
      left.remove(shard);
      leaving.remove(shard);
      mine.remove(shard);
    }
  }

  private Table table() throws StoreFault {
    Set<String> owners = new TreeSet<>(settings.isAlone() ? List.of() : store.owners());
    owners.add(settings.owner());
    return new Scheme.Rendezvous().table(Roster.of(owners.toArray(String[]::new)));
  }

  private void claim(Place place, Table table) throws StoreFault {
    Desk desk = place.desk();
    for (int shard : desk.view().slots().shards()) {
      ShardId id = new ShardId(desk.number(), shard);
      String owner = table.roster().label(table.owner(hash(id)));
      boolean own = owner.equals(settings.owner());
      if (own && !mine.containsKey(id)) {
        acquire(place, id);
      } else if (!own && mine.containsKey(id) && leaving.add(id)) {
        place.execute(() -> desk.giveUp(shard, () -> drained(id)));
      }
    }
  }

  private void drained(ShardId shard) {
    left.add(shard);
    look();
  }

  private void acquire(Place place, ShardId id) throws StoreFault {
    long epoch = claim(id.queue(), id.shard());
    if (epoch > 0) {
      place.execute(() -> place.desk().own(id.shard(), epoch));
    }
  }

  private static long hash(ShardId id) {
    return Mix.mix(Mix.mix(id.queue()) + id.shard() * Mix.G);
  }

  private static String name(Place place) {
    return place.desk().view().terms().name();
  }

  /// Gives everything back at once. Nothing may be given out any more.
  @Override
  public void close() {
    phase = Phase.CLOSED;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MS);
      store.renew(settings.owner(), 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreFault fault) {
      log.warn("the leases of queues end by themselves: {}", fault.getMessage());
    }
  }
}
