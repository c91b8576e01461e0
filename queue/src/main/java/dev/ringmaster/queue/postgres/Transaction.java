package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.postgres.Appends.Name;
import dev.ringmaster.queue.postgres.Ends.Spot;
import dev.ringmaster.queue.store.Catalog;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore.ShardId;
import dev.ringmaster.queue.store.StoredQueue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The orders of one commit on the writing connection, from its locks to before its end.
///
/// ```
/// locks, in one order by everyone ─▶ the writer's mark, seqs, the catalog's version ─▶ epochs ─▶
/// runs of appends and ends, many in a statement; changes of queues one by one
/// ```
///
/// Seqs are taken under the locks of their shards, which are held until after they are visible; so
/// whoever sees a seq of a log has seen all smaller ones.
final class Transaction {
  private final Sql sql;
  private final List<Order> orders;
  private final @Nullable Effect[] effects;
  private final int[] seqIndexes;
  private final Map<ShardId, Long> epochs = new HashMap<>();
  private Queues.Known known;
  private long[] seqs = {};

  /// @param known the queues, which may have been changed by another process since
  Transaction(Sql sql, List<Order> orders, Queues.Known known) {
    this.sql = sql;
    this.orders = orders;
    this.known = known;
    effects = new Effect[orders.size()];
    seqIndexes = new int[orders.size()];
    int takers = 0;
    for (int at = 0; at < seqIndexes.length; at++) {
      seqIndexes[at] = takers;
      takers += takesSeq(orders.get(at)) ? 1 : 0;
    }
  }

  Sql sql() {
    return sql;
  }

  Catalog catalog() {
    return known.catalog();
  }

  Queues.Known known() {
    return known;
  }

  /// Takes the locks, and leaves the writer's mark.
  ///
  /// @return whether what was known of the queues still holds; if not, the transaction is to be
  ///   begun again with what holds now
  boolean begin(String writer, long commit) throws SQLException {
    Locks locks = Locks.of(orders, catalog());
    sql.all(
        """
        SELECT CASE WHEN alone THEN pg_advisory_xact_lock(key)::text
          ELSE pg_advisory_xact_lock_shared(key)::text END
        FROM unnest(?::bigint[], ?::boolean[]) AS o(key, alone)\
        """,
        row -> "",
        locks.keys(),
        locks.alone());
    long version =
        sql.only(
            """
            WITH mark AS (
              INSERT INTO writer AS w (name, commits) VALUES (?, ?) ON CONFLICT (name)
              DO UPDATE SET commits = excluded.commits, seen = clock_timestamp() RETURNING 1)
            SELECT (SELECT value FROM meta WHERE name = 'catalog'),
              ARRAY (SELECT nextval('seq') FROM generate_series(1, ?))\
            """,
            row -> {
              seqs = longs(row.getArray(2).getArray());
              return row.getLong(1);
            },
            writer,
            commit,
            orders.stream().filter(Transaction::takesSeq).count());
    if (version != known.version()) {
      return false;
    }
    readEpochs(locks.owned());
    return true;
  }

  private static boolean takesSeq(Order order) {
    return order instanceof Order.Append || order instanceof Order.Redrive;
  }

  private static long[] longs(Object array) {
    return Arrays.stream((Long[]) array).mapToLong(Long::longValue).toArray();
  }

  private void readEpochs(Set<ShardId> shards) throws SQLException {
    if (shards.isEmpty()) {
      return;
    }
    sql.all(
        """
        SELECT queue, shard, epoch FROM shard
        JOIN unnest(?::integer[], ?::integer[]) AS o(queue, shard) USING (queue, shard)\
        """,
        row -> epochs.put(new ShardId(row.getInt(1), row.getInt(2)), row.getLong(3)),
        shards.stream().mapToInt(ShardId::queue).toArray(),
        shards.stream().mapToInt(ShardId::shard).toArray());
  }

  /// Carries out the orders; what each of them came to.
  List<Effect> carryOut() throws SQLException {
    Run run = new Run();
    for (int at = 0; at < orders.size(); at++) {
      Order order = orders.get(at);
      if (order instanceof Order.Append || order instanceof Order.Owned) {
        if (!run.takes(order)) {
          run.carryOut();
          run = new Run();
        }
        run.add(at, order);
      } else {
        run.carryOut();
        run = new Run();
        effect(at, change(order));
      }
    }
    run.carryOut();
    List<Effect> all = new ArrayList<>(effects.length);
    for (Effect effect : effects) {
      if (effect == null) {
        throw new IllegalStateException("an order was not carried out");
      }
      all.add(effect);
    }
    return all;
  }

  void effect(int at, Effect effect) {
    effects[at] = effect;
  }

  /// The seq of an order that takes one; those of later orders are greater.
  long seq(int at) {
    return seqs[seqIndexes[at]];
  }

  /// Whether the epoch is the shard's.
  boolean holds(int queue, int shard, long epoch) {
    return epochs.getOrDefault(new ShardId(queue, shard), 0L) == epoch && epoch != 0;
  }

  /// Queues have been changed.
  void changed(Catalog catalog) throws SQLException {
    sql.run("UPDATE meta SET value = value + 1 WHERE name = 'catalog'");
    known = new Queues.Known(known.version() + 1, catalog);
  }

  private Effect change(Order order) throws SQLException {
    Queues queues = new Queues(this);
    return switch (order) {
      case Order.PutQueue put -> queues.put(put.terms());
      case Order.DropQueue drop -> ofQueue(drop.queue(), queues::drop);
      case Order.PutSubscription put ->
          ofQueue(put.queue(), queue -> queues.putSubscription(queue, put.name()));
      case Order.DropSubscription drop ->
          ofQueue(drop.queue(), queue -> queues.dropSubscription(queue, drop.subscription()));
      case Order.Pause pause ->
          ofQueue(pause.queue(), queue -> queues.pause(queue, pause.paused()));
      case Order.Move move -> ofQueue(move.queue(), queue -> queues.move(queue, move));
      case Order.Expire expire ->
          new Effect.Forgotten(new Sweep(this).sweep(expire.nowMs(), expire.most()));
      case Order.Append _, Order.Owned _ ->
          throw new IllegalStateException("not a change of queues: " + order);
    };
  }

  private Effect ofQueue(int number, OfQueue change) throws SQLException {
    StoredQueue queue = catalog().queue(number);
    return queue == null ? new Effect.Gone() : change.of(queue);
  }

  private interface OfQueue {
    Effect of(StoredQueue queue) throws SQLException;
  }

  /// Orders that can be carried out in any order among themselves, but that seqs are given in
  /// theirs.
  private final class Run {
    private final List<Asked<Order.Append>> appends = new ArrayList<>();
    private final List<Asked<Order.Owned>> owned = new ArrayList<>();
    private final Set<Object> subjects = new HashSet<>();

    /// Whether none of them is about the same message or deduplication id.
    boolean takes(Order order) {
      return !subjects.contains(subject(order));
    }

    void add(int at, Order order) {
      if (order instanceof Order.Append append) {
        appends.add(new Asked<>(at, append));
      } else if (order instanceof Order.Owned one) {
        owned.add(new Asked<>(at, one));
      }
      subjects.add(subject(order));
    }

    private Object subject(Order order) {
      Object subject = order;
      if (order instanceof Order.Append append) {
        Name name = Name.of(append);
        subject = name == null ? append.id() : name;
      } else if (order instanceof Order.Owned one) {
        subject = Spot.of(one);
      }
      return subject;
    }

    void carryOut() throws SQLException {
      if (!appends.isEmpty()) {
        new Appends(Transaction.this).carryOut(appends);
      }
      List<Asked<Order.Owned>> right = new ArrayList<>();
      for (Asked<Order.Owned> one : owned) {
        StoredQueue queue = catalog().queueOf(one.order().log().subscription());
        if (queue == null) {
          effect(one.at(), new Effect.Gone());
        } else if (!holds(queue.number(), one.order().log().shard(), one.order().epoch())) {
          effect(one.at(), new Effect.Fenced());
        } else {
          right.add(one);
        }
      }
      if (!right.isEmpty()) {
        new Ends(Transaction.this).carryOut(right);
      }
    }
  }
}
