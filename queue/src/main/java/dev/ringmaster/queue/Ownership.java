package dev.ringmaster.queue;

import dev.ringmaster.queue.desk.Claims;
import dev.ringmaster.queue.desk.Clocks;
import dev.ringmaster.queue.desk.Desk;
import dev.ringmaster.queue.desk.Post;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.QueueStore.ShardId;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoredQueue;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which shards this process owns.
///
/// Each process renews its leases and says that it is there each [LeaseThread#RENEW_NS]; the leases
/// run for [#LEASE_MS]. Whoever is there is in the table that maps each shard to its owner
/// (rendezvous hashing, so that a process that comes or goes moves only its own share), and takes
/// what is its own and free, which gives a greater epoch. What is not its own any more it drains
/// and releases. A process that dies, or cannot renew, has lost its shards when the lease ends; it
/// knows so itself, since its desks hear of each renewal, after what they have lost, and give
/// nothing out when the last one has run out.
final class Ownership implements Claims {
  private static final Logger log = LoggerFactory.getLogger(Ownership.class);

  static final long LEASE_MS = 5_000;

  /// A process stops before its leases end, in case the clocks of two machines run apart.
  private static final long MARGIN_NS = TimeUnit.MILLISECONDS.toNanos(500);

  /// The leases of a process that has its store for itself.
  private static final long FOREVER_MS = TimeUnit.DAYS.toMillis(36_500);

  private final QueueStore store;
  private final QueuesSettings settings;
  private final Clocks clocks;
  private final Supplier<Collection<Post>> posts;
  private final BiConsumer<List<StoredQueue>, Map<Integer, Long>> seen;
  private final Map<ShardId, Long> mine = new ConcurrentHashMap<>();
  private final Set<ShardId> leaving = ConcurrentHashMap.newKeySet();

  /// Taken for a split whose table is not there yet.
  private final Set<ShardId> coming = ConcurrentHashMap.newKeySet();

  private final Set<ShardId> left = ConcurrentHashMap.newKeySet();
  private final Runnable wake;

  /// A shard that is claimed anew must not be released for its former life.
  private final ReentrantLock releasing = new ReentrantLock();

  private volatile long renewedNs;

  Ownership(QueueStore store, QueuesSettings settings, Clocks clocks, World world) {
    this.store = store;
    this.settings = settings;
    this.clocks = clocks;
    this.posts = world.posts;
    this.seen = world.seen;
    this.wake = world.wake;
    this.renewedNs = clocks.nowNs();
  }

  /// What is around it.
  ///
  /// @param posts the queues' desks
  /// @param seen told what queues the store has, which others may have changed, and how often each
  ///   had been changed here before that was read
  /// @param wake asks for a round soon
  record World(
      Supplier<Collection<Post>> posts,
      BiConsumer<List<StoredQueue>, Map<Integer, Long>> seen,
      Runnable wake) {}

  @Override
  public long claim(int queue, int shard) throws StoreFault {
    ShardId id = new ShardId(queue, shard);
    releasing.lock();
    try {
      left.remove(id);
      leaving.remove(id);
      long epoch = store.acquire(queue, shard, settings.owner(), leaseMs());
      if (epoch > 0) {
        mine.put(id, epoch);
        coming.add(id);
      }
      return epoch;
    } finally {
      releasing.unlock();
    }
  }

  private long leaseMs() {
    return settings.isAlone() ? FOREVER_MS : LEASE_MS;
  }

  /// Looks at once, since there are other queues or shards.
  @Override
  public void look() {
    wake.run();
  }

  @Override
  public void giveBack(int queue, int shard) {
    drained(new ShardId(queue, shard));
  }

  /// Renews, and takes or gives up what the table says.
  void round() throws StoreFault {
    long beganNs = clocks.nowNs();
    long leaseMs = leaseMs();
    Map<ShardId, Long> before = Map.copyOf(mine);
    Map<ShardId, Long> kept = store.renew(settings.owner(), leaseMs);
    renewedNs = beganNs;
    if (!settings.isAlone()) {
      Map<Integer, Long> revisions = new HashMap<>();
      posts.get().forEach(post -> revisions.put(post.desk().number(), post.desk().revision()));
      seen.accept(store.queues(), revisions);
    }
    Map<Integer, Post> byNumber = new HashMap<>();
    posts.get().forEach(post -> byNumber.put(post.desk().number(), post));
    loseWhatIsNotKept(before, kept, byNumber);
    long untilNs = beganNs + TimeUnit.MILLISECONDS.toNanos(leaseMs) - MARGIN_NS;
    byNumber.values().forEach(post -> post.mailbox().execute(() -> post.desk().leased(untilNs)));
    releaseWhatIsDrained();
    Table table = table();
    for (Post post : byNumber.values()) {
      claim(post, table);
    }
  }

  private void loseWhatIsNotKept(
      Map<ShardId, Long> before, Map<ShardId, Long> kept, Map<Integer, Post> byNumber) {
    for (Map.Entry<ShardId, Long> one : before.entrySet()) {
      Post post = byNumber.get(one.getKey().queue());
      if (post == null) {
        mine.remove(one.getKey());
      } else if (!one.getValue().equals(kept.get(one.getKey()))) {
        log.warn("shard {} of {} is another's now", one.getKey().shard(), name(post));
        lose(post, one.getKey());
      }
    }
  }

  private void lose(Post post, ShardId shard) {
    mine.remove(shard);
    leaving.remove(shard);
    post.mailbox().execute(() -> post.desk().lose(shard.shard()));
  }

  /// Loses everything when the leases have ended without a renewal.
  void loseIfLate() {
    if (settings.isAlone()
        || clocks.nowNs() - renewedNs < TimeUnit.MILLISECONDS.toNanos(LEASE_MS) - MARGIN_NS) {
      return;
    }
    for (Post post : posts.get()) {
      for (ShardId shard : List.copyOf(mine.keySet())) {
        if (shard.queue() == post.desk().number()) {
          lose(post, shard);
        }
      }
    }
  }

  private void releaseWhatIsDrained() throws StoreFault {
    releasing.lock();
    try {
      for (ShardId shard : Set.copyOf(left)) {
        store.release(shard.queue(), shard.shard(), settings.owner());
        left.remove(shard);
        leaving.remove(shard);
        mine.remove(shard);
      }
    } finally {
      releasing.unlock();
    }
  }

  private Table table() throws StoreFault {
    Set<String> owners = new TreeSet<>(settings.isAlone() ? List.of() : store.owners());
    owners.add(settings.owner());
    return new Scheme.Rendezvous().table(Roster.of(owners.toArray(String[]::new)));
  }

  private void claim(Post post, Table table) throws StoreFault {
    Desk desk = post.desk();
    List<Integer> shards = desk.view().slots().shards();
    letGoOfOthers(post, shards);
    for (int shard : shards) {
      ShardId id = new ShardId(desk.number(), shard);
      coming.remove(id);
      String owner = table.roster().label(table.owner(hash(id)));
      boolean own = owner.equals(settings.owner());
      if (own && !mine.containsKey(id)) {
        acquire(post, id);
      } else if (!own && mine.containsKey(id) && leaving.add(id)) {
        post.mailbox().execute(() -> desk.giveUp(shard, () -> drained(id)));
      }
    }
  }

  /// Shards that the queue has not any more, since another process has merged them.
  private void letGoOfOthers(Post post, List<Integer> shards) {
    for (ShardId id : mine.keySet()) {
      boolean other = id.queue() == post.desk().number() && !shards.contains(id.shard());
      if (other && !coming.contains(id) && leaving.add(id)) {
        post.mailbox().execute(() -> post.desk().lose(id.shard()));
        left.add(id);
      }
    }
  }

  private void drained(ShardId shard) {
    coming.remove(shard);
    left.add(shard);
    look();
  }

  private void acquire(Post post, ShardId id) throws StoreFault {
    long epoch = store.acquire(id.queue(), id.shard(), settings.owner(), leaseMs());
    if (epoch > 0) {
      mine.put(id, epoch);
      post.mailbox().execute(() -> post.desk().own(id.shard(), epoch));
    }
  }

  private static long hash(ShardId id) {
    return Mix.mix(Mix.mix(id.queue()) + id.shard() * Mix.G);
  }

  private static String name(Post post) {
    return post.desk().view().terms().name();
  }

  /// Gives everything back at once. Nothing may be given out any more.
  void leave() throws StoreFault {
    store.renew(settings.owner(), 0);
  }
}
