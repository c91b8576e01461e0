package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Ends of messages: well, later, dead, alive again; within the transaction of the writing
/// connection, by orders whose epoch is right.
final class Ends {
  private final Numbers numbers;
  private final Contents contents;
  private final Prepared insertEntry;
  private final Prepared deleteEntry;
  private final Prepared postpone;
  private final Prepared insertResult;
  private final Prepared insertDead;
  private final Prepared deleteDead;

  Ends(Connection connection, Numbers numbers, Contents contents) throws SQLException {
    this.numbers = numbers;
    this.contents = contents;
    insertEntry =
        new Prepared(connection, "INSERT INTO entry VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?, ?)");
    deleteEntry =
        new Prepared(
            connection,
            """
            DELETE FROM entry WHERE subscription = ? AND shard = ? AND seq = ?
            RETURNING lane, slot, bytes, accepted\
            """);
    postpone =
        new Prepared(
            connection,
            """
            UPDATE entry SET attempts = ?, not_before = ?, delayed = 0
            WHERE subscription = ? AND shard = ? AND seq = ?\
            """);
    insertResult =
        new Prepared(
            connection, "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insertDead =
        new Prepared(
            connection, "INSERT INTO dead VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    deleteDead =
        new Prepared(
            connection,
            """
            DELETE FROM dead WHERE subscription = ? AND shard = ? AND seq = ?
            RETURNING lane, slot, bytes, 0\
            """);
  }

  Effect carryOut(Order.Owned order) throws SQLException {
    return switch (order) {
      case Order.Finish finish -> finish(finish);
      case Order.Postpone later -> postpone(later);
      case Order.Bury bury -> bury(bury);
      case Order.Redrive redrive -> redrive(redrive);
      case Order.Purge purge -> purge(purge);
    };
  }

  private Effect finish(Order.Finish order) throws SQLException {
    Place place = take(deleteEntry, order);
    if (place == null) {
      return new Effect.Gone();
    }
    Order.Result result = order.result();
    if (result != null) {
      Answer answer = result.answer();
      insertResult.run(
          contents.id(order.seq()),
          order.log().subscription(),
          place.slot,
          place.acceptedMs,
          result.attempts(),
          result.untilMs(),
          answer.status(),
          answer.bodyBytes(),
          answer.head(),
          answer.body());
    }
    contents.drop(order.seq());
    return new Effect.Done();
  }

  private Effect postpone(Order.Postpone order) throws SQLException {
    int changed =
        postpone.run(
            order.attempts(),
            order.notBeforeMs(),
            order.log().subscription(),
            order.log().shard(),
            order.seq());
    return changed == 0 ? new Effect.Gone() : new Effect.Done();
  }

  private Effect bury(Order.Bury order) throws SQLException {
    Place place = take(deleteEntry, order);
    if (place == null) {
      return new Effect.Gone();
    }
    Order.Result result = order.result();
    Answer answer = result == null ? null : result.answer();
    insertDead.run(
        order.log().subscription(),
        order.log().shard(),
        order.seq(),
        place.lane,
        place.slot,
        place.bytes,
        order.attempts(),
        order.atMs(),
        contents.id(order.seq()),
        result == null ? null : result.untilMs(),
        order.reason(),
        answer == null ? null : answer.status(),
        answer == null ? null : answer.bodyBytes(),
        answer == null ? null : answer.head(),
        answer == null ? null : answer.body());
    return new Effect.Done();
  }

  private Effect redrive(Order.Redrive order) throws SQLException {
    Place place = take(deleteDead, order);
    if (place == null) {
      return new Effect.Gone();
    }
    long seq = numbers.nextSeq();
    insertEntry.run(
        order.log().subscription(),
        order.log().shard(),
        seq,
        place.lane,
        place.slot,
        order.atMs(),
        place.bytes);
    contents.renumber(order.seq(), seq, order.atMs());
    return new Effect.Appended(seq, order.log().shard());
  }

  private Effect purge(Order.Purge order) throws SQLException {
    if (take(deleteDead, order) == null) {
      return new Effect.Gone();
    }
    contents.drop(order.seq());
    return new Effect.Done();
  }

  private @Nullable Place take(Prepared delete, Order.Owned order) throws SQLException {
    return delete.first(
        row -> new Place(row.getLong(1), row.getInt(2), row.getInt(3), row.getLong(4)),
        order.log().subscription(),
        order.log().shard(),
        order.seq());
  }

  private record Place(long lane, int slot, int bytes, long acceptedMs) {}
}
