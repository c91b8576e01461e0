package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.store.Catalog;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore.ShardId;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoredQueue;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The transactions of the writing connection.
///
/// A commit whose end fails may lie in the log whole, and nobody knows whether it is on disk. As
/// long as this connection lives it does not count: SQLite has rolled it back, and the next commit
/// is written over it (https://sqlite.org/fileformat2.html#walformat). Only a start would find it.
/// So after such a failure a small commit is made at once: if that succeeds, the failed one is gone
/// for certain. A new connection would be wrong here: after a failed fsync it could read from
/// memory what the disk does not have, and build on it (Rebello et al., "Can applications recover
/// from fsync failures?", USENIX ATC 2020).
final class Writer {
  private final Path file;
  private final Prepared begin;
  private final Prepared commit;
  private final Prepared rollback;
  private final Prepared probe;
  private final Prepared setMeta;
  private final Numbers numbers;
  private final Appends appends;
  private final Ends ends;
  private final Moves moves;
  private final Queues queues;
  private final Sweep sweep;
  private long epoch;

  /// Begins a new epoch, durably; the file counts as not closed in order from now on.
  Writer(Connection connection, Path file) throws SQLException {
    this.file = file;
    connection.setAutoCommit(false);
    begin = new Prepared(connection, "BEGIN IMMEDIATE");
    commit = new Prepared(connection, "COMMIT");
    rollback = new Prepared(connection, "ROLLBACK");
    probe = new Prepared(connection, "UPDATE meta SET value = value + 1 WHERE name = 'probe'");
    setMeta = new Prepared(connection, "UPDATE meta SET value = ? WHERE name = ?");
    commit.execute(); // the transaction that the driver began; from here on they are ours
    begin.execute();
    numbers = new Numbers(connection);
    Contents contents = new Contents(connection);
    appends = new Appends(connection, numbers, contents);
    ends = new Ends(connection, numbers, contents);
    moves = new Moves(connection);
    queues = new Queues(connection, numbers);
    sweep = new Sweep(connection, contents);
    Prepared select = new Prepared(connection, "SELECT value FROM meta WHERE name = ?");
    epoch = Numbers.value(select, "epoch") + 1;
    setMeta.run(epoch, "epoch");
    setMeta.run(0, "clean");
    commit.execute();
  }

  /// The number of this start, or what it was raised to.
  long epoch() {
    return epoch;
  }

  /// The queues after the last commit.
  Catalog catalog() {
    return queues.catalog();
  }

  /// An epoch is given out only when it can never be given out again.
  void raiseEpoch(long to) throws StoreFault {
    if (to > epoch) {
      inTransaction(() -> setMeta.run(to, "epoch"));
      epoch = to;
    }
  }

  List<Effect> commit(List<Order> orders, Fence fence) throws StoreFault {
    Catalog before = queues.catalog();
    List<Effect> effects = new ArrayList<>(orders.size());
    Progress progress = Progress.FAILED;
    try {
      inTransaction(() -> {
        for (Order order : orders) {
          effects.add(carryOut(order, fence));
        }
      });
      progress = Progress.DURABLE;
    } finally {
      if (progress == Progress.DURABLE) {
        numbers.confirm();
      } else {
        numbers.revert();
        queues.revert(before);
      }
    }
    return effects;
  }

  /// The file is closed in order.
  void end() throws SQLException {
    begin.execute();
    setMeta.run(1, "clean");
    numbers.giveBack();
    commit.execute();
  }

  private void inTransaction(Work work) throws StoreFault {
    try {
      begin.execute();
    } catch (SQLException e) {
      throw Faults.of(e, Durable.NO, file);
    }
    try {
      work.run();
    } catch (SQLException e) {
      rollBack();
      throw Faults.of(e, Durable.NO, file);
    } catch (RuntimeException e) {
      rollBack();
      throw e;
    }
    try {
      commit.execute();
    } catch (SQLException e) {
      rollBack();
      throw Faults.of(e, overwritten(), file);
    }
  }

  /// SQLite has often done so already, and says that there is nothing to roll back.
  private void rollBack() {
    try {
      rollback.execute();
    } catch (SQLException nothingToRollBack) {
      return;
    }
  }

  /// Makes a commit that failed at its end gone for certain.
  private Durable overwritten() {
    try {
      begin.execute();
      probe.run();
      commit.execute();
      return Durable.NO;
    } catch (SQLException e) {
      rollBack();
      return Durable.UNKNOWN;
    }
  }

  private Effect carryOut(Order order, Fence fence) throws SQLException {
    return switch (order) {
      case Order.Append append -> append(append);
      case Order.Owned owned -> owned(owned, fence);
      case Order.PutQueue put -> queues.put(put.terms());
      case Order.DropQueue drop -> ofQueue(drop.queue(), queues::drop);
      case Order.PutSubscription put ->
          ofQueue(put.queue(), queue -> queues.putSubscription(queue, put.name()));
      case Order.DropSubscription drop ->
          ofQueue(drop.queue(), queue -> queues.dropSubscription(queue, drop.subscription()));
      case Order.Pause pause ->
          ofQueue(pause.queue(), queue -> queues.pause(queue, pause.paused()));
      case Order.Move move -> ofQueue(move.queue(), queue -> move(move, queue, fence));
      case Order.Expire expire -> new Effect.Forgotten(sweep.sweep(expire.nowMs(), expire.most()));
    };
  }

  private Effect append(Order.Append order) throws SQLException {
    return ofQueue(order.queue(), queue -> appends.append(queue, order));
  }

  private Effect owned(Order.Owned order, Fence fence) throws SQLException {
    StoredQueue queue = queues.catalog().queueOf(order.log().subscription());
    if (queue == null) {
      return new Effect.Gone();
    }
    ShardId shard = new ShardId(queue.number(), order.log().shard());
    return fence.holds(shard, order.epoch()) ? ends.carryOut(order) : new Effect.Fenced();
  }

  private Effect move(Order.Move order, StoredQueue queue, Fence fence) throws SQLException {
    boolean owned =
        order.epochs().entrySet().stream()
            .allMatch(
                one -> fence.holds(new ShardId(queue.number(), one.getKey()), one.getValue()));
    if (!owned || !queue.slots().equals(order.before())) {
      return new Effect.Fenced();
    }
    moves.move(queue, order.after());
    queues.move(order, queue);
    return new Effect.Done();
  }

  private Effect ofQueue(int number, OfQueue change) throws SQLException {
    StoredQueue queue = queues.catalog().queue(number);
    return queue == null ? new Effect.Gone() : change.of(queue);
  }

  /// Whether an epoch is a shard's.
  interface Fence {
    boolean holds(ShardId shard, long epoch);
  }

  private interface Work {
    void run() throws SQLException;
  }

  private interface OfQueue {
    Effect of(StoredQueue queue) throws SQLException;
  }

  private enum Progress {
    FAILED,
    DURABLE
  }
}
