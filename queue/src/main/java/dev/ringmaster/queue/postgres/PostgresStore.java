package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoredQueue;
import dev.ringmaster.queue.store.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Messages in PostgreSQL 15 or newer, which several processes share.
///
/// Three connections, each made again when it breaks: one commits, one reads, one keeps the leases,
/// so that a long commit costs no shard. All go to the primary. A message that was accepted is lost
/// in a fail-over unless a standby is synchronous.
public final class PostgresStore implements QueueStore {
  private final Link writing;
  private final Link reading;
  private final Link leasing;
  private final Commits commits;
  private final LeaseTable leases;
  private final ReentrantLock writerLock = new ReentrantLock();
  private final ReentrantLock readerLock = new ReentrantLock();
  private final ReentrantLock leaseLock = new ReentrantLock();
  private Queues.Known known;

  private PostgresStore(Access access) throws StoreFault {
    writing = new Link(access, false);
    reading = new Link(access, true);
    leasing = new Link(access, false);
    leases = new LeaseTable(leasing);
    String writer = UUID.randomUUID().toString();
    Opening.open(leasing, writer);
    known = reading.ask(Queues::load);
    commits = new Commits(writing, writer, known);
  }

  /// Connects, and makes the tables if there are none.
  ///
  /// @throws StoreFault UNAVAILABLE if that fails; NEWER if the tables are of a newer Ringmaster
  public static PostgresStore open(Access access) throws StoreFault {
    return new PostgresStore(access);
  }

  @Override
  public List<StoredQueue> queues() throws StoreFault {
    readerLock.lock();
    try {
      return fresh().catalog().queues();
    } finally {
      readerLock.unlock();
    }
  }

  @Override
  public List<Effect> commit(List<Order> orders) throws StoreFault {
    writerLock.lock();
    try {
      return commits.commit(orders);
    } finally {
      writerLock.unlock();
    }
  }

  @Override
  public List<Entry> read(LogId log, long afterSeq, LongPredicate lanes, int most)
      throws StoreFault {
    List<Entry> found = new ArrayList<>();
    long after = afterSeq;
    int rows = Math.min(most, LogReader.MOST_ROWS);
    List<Entry> page;
    do {
      page = page(log, after, rows);
      for (Entry entry : page) {
        if (found.size() < most && lanes.test(entry.lane())) {
          found.add(entry);
        }
        after = entry.seq();
      }
      boolean more = page.size() == rows && found.size() < most;
      rows = more ? LogReader.MOST_ROWS : 0;
    } while (rows > 0);
    return found;
  }

  private List<Entry> page(LogId log, long afterSeq, int rows) throws StoreFault {
    return rows == 0 ? List.of() : ask(sql -> LogReader.entries(sql, log, afterSeq, rows));
  }

  @Override
  public List<Message> messages(LogId log, List<Long> seqs) throws StoreFault {
    return ask(sql -> LogReader.messages(sql, log, seqs));
  }

  /// Asked again if slots were moved meanwhile, since then it may have been passed over.
  @Override
  public @Nullable MessageStatus find(int queue, int subscription, MessageId id) throws StoreFault {
    readerLock.lock();
    try {
      MessageStatus found;
      long version;
      do {
        Queues.Known now = fresh();
        version = now.version();
        StoredQueue of = now.catalog().queueOf(subscription);
        found =
            of == null || of.number() != queue
                ? null
                : reading.ask(sql -> FateReader.find(sql, of, subscription, id));
      } while (found == null && fresh().version() != version);
      return found;
    } finally {
      readerLock.unlock();
    }
  }

  @Override
  public List<DeadMessage> dead(int subscription, @Nullable MessageId after, int most)
      throws StoreFault {
    return ask(sql -> FateReader.dead(sql, subscription, after, most));
  }

  @Override
  public List<Long> deadLanes(LogId log) throws StoreFault {
    return ask(sql -> FateReader.deadLanes(sql, log));
  }

  @Override
  public Totals totals(LogId log) throws StoreFault {
    return ask(sql -> LogReader.totals(sql, log));
  }

  @Override
  public long acquire(int queue, int shard, String owner, long leaseMs) throws StoreFault {
    leaseLock.lock();
    try {
      return leases.acquire(new ShardId(queue, shard), owner, leaseMs);
    } finally {
      leaseLock.unlock();
    }
  }

  @Override
  public Map<ShardId, Long> renew(String owner, long leaseMs) throws StoreFault {
    leaseLock.lock();
    try {
      return leases.renew(owner, leaseMs);
    } finally {
      leaseLock.unlock();
    }
  }

  @Override
  public void release(int queue, int shard, String owner) throws StoreFault {
    leaseLock.lock();
    try {
      leases.release(new ShardId(queue, shard), owner);
    } finally {
      leaseLock.unlock();
    }
  }

  @Override
  public List<String> owners() throws StoreFault {
    leaseLock.lock();
    try {
      return leases.owners();
    } finally {
      leaseLock.unlock();
    }
  }

  @Override
  public void close() {
    writerLock.lock();
    readerLock.lock();
    leaseLock.lock();
    try {
      writing.close();
      reading.close();
      leasing.close();
    } finally {
      leaseLock.unlock();
      readerLock.unlock();
      writerLock.unlock();
    }
  }

  /// The queues as they are now; read anew only if any were changed. Under the reader's lock.
  private Queues.Known fresh() throws StoreFault {
    long version =
        reading.ask(sql ->
            sql.only("SELECT value FROM meta WHERE name = 'catalog'", row -> row.getLong(1)));
    if (version != known.version()) {
      known = reading.ask(Queues::load);
    }
    return known;
  }

  private <T extends @Nullable Object> T ask(Link.Question<T> question) throws StoreFault {
    readerLock.lock();
    try {
      return reading.ask(question);
    } finally {
      readerLock.unlock();
    }
  }
}
