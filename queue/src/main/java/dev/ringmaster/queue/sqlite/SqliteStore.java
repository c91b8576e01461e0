package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.sqlite.LogReader.Found;
import dev.ringmaster.queue.store.Catalog;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.Leases;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoredQueue;
import dev.ringmaster.queue.store.Totals;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages in a file, by SQLite within the process (https://sqlite.org/wal.html).
///
/// One connection writes and checkpoints, another reads; neither waits for the other. Whoever is
/// the process has all shards: leases are held in memory, and the epoch is the number of the start.
public final class SqliteStore implements QueueStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

  private final DataFile file;
  private final DiskRoom room;
  private final Writer writer;
  private final LogReader logs;
  private final FateReader fates;
  private final Leases leases;
  private final ReentrantLock writerLock = new ReentrantLock();
  private final ReentrantLock readerLock = new ReentrantLock();
  private volatile Catalog catalog;

  /// What the file may take, in memory and on disk.
  ///
  /// @param writeCacheKib pages that the writing connection keeps
  /// @param readCacheKib pages that the reading connection keeps
  /// @param logPages of the write-ahead log, after which it is brought into the file
  /// @param mostBytes of the file
  /// @param spareBytes of the disk that appends leave free, for acknowledgements and for the log
  public record Sizes(
      int writeCacheKib, int readCacheKib, int logPages, long mostBytes, long spareBytes) {
    public static final Sizes DEFAULT = new Sizes(16 << 10, 4 << 10, 4096, 1L << 43, 128L << 20);
  }

  private SqliteStore(DataFile file, InstantSource clock, Sizes sizes) throws SQLException {
    this.file = file;
    room = new DiskRoom(file.folder(), sizes.spareBytes());
    writer = new Writer(file.writer(sizes), file.path());
    leases = new Leases(clock, writer.epoch());
    catalog = writer.catalog();
    Connection reading = file.reader(sizes);
    logs = new LogReader(reading);
    fates = new FateReader(reading);
  }

  /// Opens a file, or makes it if there is none.
  ///
  /// @param clock for leases
  /// @throws StoreFault CORRUPT if it is damaged: it is left as it is; NEWER if a newer Ringmaster
  ///   made it; UNAVAILABLE if another process has it
  public static SqliteStore open(Path path, InstantSource clock, Sizes sizes) throws StoreFault {
    DataFile file = DataFile.open(path);
    try {
      return new SqliteStore(file, clock, sizes);
    } catch (SQLException e) {
      file.close();
      throw Faults.of(e, Durable.NO, file.path());
    }
  }

  @Override
  public List<StoredQueue> queues() {
    return catalog.queues();
  }

  @Override
  public List<Effect> commit(List<Order> orders) throws StoreFault {
    room.check(orders);
    boolean moves = orders.stream().anyMatch(Order.Move.class::isInstance);
    writerLock.lock();
    if (moves) {
      readerLock.lock();
    }
    try {
      List<Effect> effects = writer.commit(orders, leases::holds);
      publish(writer.catalog());
      return effects;
    } finally {
      if (moves) {
        readerLock.unlock();
      }
      writerLock.unlock();
    }
  }

  private void publish(Catalog next) {
    if (next != catalog) {
      catalog = next;
      leases.forget(queue -> next.queue(queue) == null);
    }
  }

  @Override
  public List<Entry> read(LogId log, long afterSeq, LongPredicate lanes, int most)
      throws StoreFault {
    Found found = new Found(new ArrayList<>(), most);
    long after = most > 0 ? afterSeq : LogReader.END;
    while (after != LogReader.END) {
      long from = after;
      after = ask(() -> logs.entries(log, from, lanes, found));
    }
    return found.entries();
  }

  @Override
  public List<Message> messages(LogId log, List<Long> seqs) throws StoreFault {
    return ask(() -> logs.messages(log, seqs));
  }

  @Override
  public @Nullable MessageStatus find(int queue, int subscription, MessageId id) throws StoreFault {
    return ask(() -> {
      StoredQueue of = catalog.queueOf(subscription);
      return of == null || of.number() != queue ? null : fates.find(of, subscription, id);
    });
  }

  @Override
  public List<DeadMessage> dead(int subscription, @Nullable MessageId after, int most)
      throws StoreFault {
    return ask(() ->
        catalog.queueOf(subscription) == null ? List.of() : fates.dead(subscription, after, most));
  }

  @Override
  public List<Long> deadLanes(LogId log) throws StoreFault {
    return ask(() -> fates.deadLanes(log));
  }

  @Override
  public Totals totals(LogId log) throws StoreFault {
    return ask(() -> logs.totals(log));
  }

  @Override
  public long acquire(int queue, int shard, String owner, long leaseMs) throws StoreFault {
    writerLock.lock();
    try {
      ShardId id = new ShardId(queue, shard);
      long epoch = catalog.queue(queue) == null ? 0 : leases.offer(id, owner);
      if (epoch != 0) {
        writer.raiseEpoch(epoch);
        leases.take(id, owner, leaseMs, epoch);
      }
      return epoch;
    } finally {
      writerLock.unlock();
    }
  }

  @Override
  public Map<ShardId, Long> renew(String owner, long leaseMs) {
    writerLock.lock();
    try {
      return leases.renew(owner, leaseMs);
    } finally {
      writerLock.unlock();
    }
  }

  @Override
  public void release(int queue, int shard, String owner) {
    writerLock.lock();
    try {
      leases.release(new ShardId(queue, shard), owner);
    } finally {
      writerLock.unlock();
    }
  }

  @Override
  public List<String> owners() {
    writerLock.lock();
    try {
      return leases.owners();
    } finally {
      writerLock.unlock();
    }
  }

  /// Brings what is committed into the file and lets it go. If that fails, the next start does it.
  @Override
  public void close() {
    writerLock.lock();
    readerLock.lock();
    try (file) {
      writer.end();
    } catch (SQLException e) {
      LOG.warn("{} is not closed in order: {}", file.path(), e.getMessage());
    } finally {
      readerLock.unlock();
      writerLock.unlock();
    }
  }

  private <T extends @Nullable Object> T ask(Question<T> question) throws StoreFault {
    readerLock.lock();
    try {
      return question.ask();
    } catch (SQLException e) {
      throw Faults.of(e, Durable.NO, file.path());
    } finally {
      readerLock.unlock();
    }
  }

  private interface Question<T extends @Nullable Object> {
    T ask() throws SQLException;
  }
}
