package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ends of messages: well, later, dead, alive again; many in one statement. The orders' epochs are
/// right, and no two of them are about the same message.
final class Ends {
  private final Transaction transaction;
  private final Sql sql;
  private final Contents contents;
  private final List<Long> dropped = new ArrayList<>();

  Ends(Transaction transaction) {
    this.transaction = transaction;
    sql = transaction.sql();
    contents = new Contents(sql);
  }

  void carryOut(List<Asked<Order.Owned>> orders) throws SQLException {
    endAlive(
        orders.stream()
            .filter(one -> one.order() instanceof Order.Finish || one.order() instanceof Order.Bury)
            .toList());
    postpone(orders.stream().filter(one -> one.order() instanceof Order.Postpone).toList());
    endDead(
        orders.stream()
            .filter(
                one -> one.order() instanceof Order.Redrive || one.order() instanceof Order.Purge)
            .toList());
    contents.drop(dropped);
  }

  private void endAlive(List<Asked<Order.Owned>> orders) throws SQLException {
    Map<Spot, Place> places = take("entry", "accepted", orders);
    Map<Long, UUID> ids =
        places.isEmpty()
            ? Map.of()
            : contents.ids(places.keySet().stream().map(Spot::seq).distinct().toList());
    List<@Nullable Object[]> results = new ArrayList<>();
    List<@Nullable Object[]> dead = new ArrayList<>();
    for (Asked<Order.Owned> one : orders) {
      Order.Owned order = one.order();
      Place place = places.get(Spot.of(order));
      transaction.effect(one.at(), place == null ? new Effect.Gone() : new Effect.Done());
      if (place != null && order instanceof Order.Bury bury) {
        dead.add(dead(bury, place, ids.get(order.seq())));
      } else if (place != null && order instanceof Order.Finish finish) {
        dropped.add(order.seq());
        if (finish.result() != null) {
          results.add(result(order.log(), finish.result(), place, ids.get(order.seq())));
        }
      }
    }
    sql.runAll(
        """
        INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id, subscription) DO UPDATE SET slot = excluded.slot,
        accepted = excluded.accepted, attempts = excluded.attempts, until = excluded.until,
        status = excluded.status, body_bytes = excluded.body_bytes, head = excluded.head,
        body = excluded.body\
        """,
        results);
    sql.runAll("INSERT INTO dead VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", dead);
  }

  private static @Nullable Object[] result(
      LogId log, Order.Result result, Place place, @Nullable UUID id) {
    Answer answer = result.answer();
    return new @Nullable Object[] {
      id,
      log.subscription(),
      place.slot,
      place.acceptedMs,
      result.attempts(),
      result.untilMs(),
      answer.status(),
      answer.bodyBytes(),
      answer.head(),
      answer.body()
    };
  }

  private static @Nullable Object[] dead(Order.Bury order, Place place, @Nullable UUID id) {
    Order.Result result = order.result();
    Answer answer = result == null ? null : result.answer();
    return new @Nullable Object[] {
      order.log().subscription(),
      order.log().shard(),
      order.seq(),
      place.lane,
      place.slot,
      place.bytes,
      order.attempts(),
      order.atMs(),
      id,
      result == null ? null : result.untilMs(),
      order.reason(),
      answer == null ? null : answer.status(),
      answer == null ? null : answer.bodyBytes(),
      answer == null ? null : answer.head(),
      answer == null ? null : answer.body()
    };
  }

  private void postpone(List<Asked<Order.Owned>> orders) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Asked<Order.Owned> one : orders) {
      Order.Postpone order = (Order.Postpone) one.order();
      rows.add(
          new @Nullable Object[] {
            order.attempts(),
            order.notBeforeMs(),
            order.log().subscription(),
            order.log().shard(),
            order.seq()
          });
    }
    int[] changed =
        sql.runAll(
            """
            UPDATE entry SET attempts = ?, not_before = ?, delayed = false
            WHERE subscription = ? AND shard = ? AND seq = ?\
            """,
            rows);
    for (int i = 0; i < changed.length; i++) {
      transaction.effect(
          orders.get(i).at(), changed[i] == 0 ? new Effect.Gone() : new Effect.Done());
    }
  }

  private void endDead(List<Asked<Order.Owned>> orders) throws SQLException {
    Map<Spot, Place> places = take("dead", "0::bigint", orders);
    for (Asked<Order.Owned> one : orders) {
      Place place = places.get(Spot.of(one.order()));
      if (place == null) {
        transaction.effect(one.at(), new Effect.Gone());
      } else {
        dropped.add(one.order().seq());
        transaction.effect(
            one.at(),
            one.order() instanceof Order.Redrive redrive
                ? redrive(redrive, place, transaction.seq(one.at()))
                : new Effect.Done());
      }
    }
  }

  private Effect redrive(Order.Redrive order, Place place, long seq) throws SQLException {
    int shard = order.log().shard();
    sql.run(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, 0, 0, false, ?, ?)",
        order.log().subscription(),
        shard,
        seq,
        place.lane,
        place.slot,
        order.atMs(),
        place.bytes);
    sql.run(
        """
        INSERT INTO content SELECT ?, id, lane, slot, ?, callback, key, head, body
        FROM content WHERE seq = ?\
        """,
        seq,
        order.atMs(),
        order.seq());
    return new Effect.Appended(seq, shard);
  }

  private Map<Spot, Place> take(String table, String accepted, List<Asked<Order.Owned>> orders)
      throws SQLException {
    Map<Spot, Place> places = new HashMap<>();
    if (orders.isEmpty()) {
      return places;
    }
    sql.all(
        """
        DELETE FROM %s t USING unnest(?::integer[], ?::integer[], ?::bigint[])
        AS o(subscription, shard, seq)
        WHERE t.subscription = o.subscription AND t.shard = o.shard AND t.seq = o.seq
        RETURNING t.subscription, t.seq, t.lane, t.slot, t.bytes, %s\
        """
            .formatted(table, accepted),
        row ->
            places.put(
                new Spot(row.getInt(1), row.getLong(2)),
                new Place(row.getLong(3), row.getInt(4), row.getInt(5), row.getLong(6))),
        orders.stream().mapToInt(one -> one.order().log().subscription()).toArray(),
        orders.stream().mapToInt(one -> one.order().log().shard()).toArray(),
        orders.stream().mapToLong(one -> one.order().seq()).toArray());
    return places;
  }

  /// Which message of which subscription.
  record Spot(int subscription, long seq) {
    static Spot of(Order.Owned order) {
      return new Spot(order.log().subscription(), order.seq());
    }
  }

  private record Place(long lane, int slot, int bytes, long acceptedMs) {}
}
