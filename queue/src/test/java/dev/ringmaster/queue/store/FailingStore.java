package dev.ringmaster.queue.store;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// A store whose next commits fail as a test has asked for.
public final class FailingStore implements QueueStore {
  private final QueueStore store;
  private final Queue<Failure> failures = new ArrayDeque<>();
  private final List<Integer> commits = new ArrayList<>();
  private @Nullable Runnable before;

  /// When a commit fails.
  public enum Failure {
    NONE,
    BEFORE_THE_DISK,
    AFTER_THE_DISK,
    FULL,
    DEFECT
  }

  public FailingStore(QueueStore store) {
    this.store = store;
  }

  /// The next commits.
  public synchronized void fail(Failure... next) {
    failures.addAll(List.of(next));
  }

  /// What is waited for before each commit.
  public synchronized void before(Runnable what) {
    before = what;
  }

  /// How many orders each commit had that was asked for.
  public synchronized List<Integer> commits() {
    return List.copyOf(commits);
  }

  @Override
  public List<Effect> commit(List<Order> orders) throws StoreFault {
    Runnable wait = before;
    if (wait != null) {
      wait.run();
    }
    return switch (next(orders)) {
      case NONE -> store.commit(orders);
      case BEFORE_THE_DISK -> throw fault(Kind.UNAVAILABLE, Durable.NO);
      case AFTER_THE_DISK -> {
        store.commit(orders);
        throw fault(Kind.UNAVAILABLE, Durable.UNKNOWN);
      }
      case FULL -> {
        if (orders.stream().anyMatch(Order.Append.class::isInstance)) {
          throw fault(Kind.DISK_FULL, Durable.NO);
        }
        yield store.commit(orders);
      }
      case DEFECT -> throw new IllegalStateException("a defect");
    };
  }

  private synchronized Failure next(List<Order> orders) {
    commits.add(orders.size());
    Failure next = failures.poll();
    return next == null ? Failure.NONE : next;
  }

  private static StoreFault fault(Kind kind, Durable durable) {
    return new StoreFault(kind, durable, "as asked for", null);
  }

  @Override
  public List<StoredQueue> queues() throws StoreFault {
    return store.queues();
  }

  @Override
  public List<Entry> read(LogId log, long afterSeq, LongPredicate lanes, int most)
      throws StoreFault {
    return store.read(log, afterSeq, lanes, most);
  }

  @Override
  public List<Message> messages(LogId log, List<Long> seqs) throws StoreFault {
    return store.messages(log, seqs);
  }

  @Override
  public @Nullable MessageStatus find(int queue, int subscription, MessageId id) throws StoreFault {
    return store.find(queue, subscription, id);
  }

  @Override
  public List<DeadMessage> dead(int subscription, @Nullable MessageId after, int most)
      throws StoreFault {
    return store.dead(subscription, after, most);
  }

  @Override
  public List<Long> deadLanes(LogId log) throws StoreFault {
    return store.deadLanes(log);
  }

  @Override
  public Totals totals(LogId log) throws StoreFault {
    return store.totals(log);
  }

  @Override
  public long acquire(int queue, int shard, String owner, long leaseMs) throws StoreFault {
    return store.acquire(queue, shard, owner, leaseMs);
  }

  @Override
  public Map<ShardId, Long> renew(String owner, long leaseMs) throws StoreFault {
    return store.renew(owner, leaseMs);
  }

  @Override
  public void release(int queue, int shard, String owner) throws StoreFault {
    store.release(queue, shard, owner);
  }

  @Override
  public List<String> owners() throws StoreFault {
    return store.owners();
  }

  @Override
  public void close() {
    store.close();
  }
}
