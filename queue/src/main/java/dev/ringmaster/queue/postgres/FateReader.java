package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.StoredQueue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What became of messages.
final class FateReader {
  private static final UUID LOWEST = new UUID(0, 0);

  private FateReader() {}

  static @Nullable MessageStatus find(Sql sql, StoredQueue queue, int subscription, MessageId id)
      throws SQLException {
    UUID uuid = Appends.uuid(id);
    for (Place place :
        sql.all(
            "SELECT seq, slot FROM content WHERE id = ?",
            row -> new Place(row.getLong(1), row.getInt(2)),
            uuid)) {
      LogId log = new LogId(subscription, queue.slots().shard(place.slot));
      MessageStatus waiting = waiting(sql, log, place.seq, id);
      if (waiting != null) {
        return waiting;
      }
    }
    MessageStatus dead = dead(sql, subscription, id, uuid);
    return dead != null ? dead : done(sql, queue, subscription, id);
  }

  static List<DeadMessage> dead(Sql sql, int subscription, @Nullable MessageId after, int most)
      throws SQLException {
    return sql.all(
        """
        SELECT c.id, c.key, c.lane, c.slot, c.seq, c.accepted, c.head, c.body, c.callback,
        d.shard, d.attempts, d.died, d.reason, d.status, d.head, d.body, d.body_bytes
        FROM dead d JOIN content c USING (seq) JOIN subscription s ON s.number = d.subscription
        WHERE d.subscription = ? AND d.id > ? ORDER BY d.id LIMIT ?\
        """,
        row ->
            new DeadMessage(
                LogReader.message(row),
                row.getInt(10),
                row.getInt(11),
                row.getLong(12),
                row.getString(13),
                answer(row, 14)),
        subscription,
        after == null ? LOWEST : Appends.uuid(after),
        most);
  }

  static List<Long> deadLanes(Sql sql, LogId log) throws SQLException {
    return sql.all(
        "SELECT DISTINCT lane FROM dead WHERE subscription = ? AND shard = ? ORDER BY lane",
        row -> row.getLong(1),
        log.subscription(),
        log.shard());
  }

  private static @Nullable MessageStatus waiting(Sql sql, LogId log, long seq, MessageId id)
      throws SQLException {
    return sql.first(
        """
        SELECT attempts, accepted, not_before FROM entry
        WHERE subscription = ? AND shard = ? AND seq = ?\
        """,
        row ->
            new MessageStatus(
                id,
                State.WAITING,
                log.shard(),
                row.getInt(1),
                row.getLong(2),
                row.getLong(3),
                null,
                null),
        log.subscription(),
        log.shard(),
        seq);
  }

  private static @Nullable MessageStatus dead(Sql sql, int subscription, MessageId id, UUID uuid)
      throws SQLException {
    return sql.first(
        """
        SELECT d.shard, d.attempts, c.accepted, d.reason, d.status, d.head, d.body, d.body_bytes
        FROM dead d JOIN content c USING (seq) WHERE d.subscription = ? AND d.id = ?\
        """,
        row ->
            new MessageStatus(
                id,
                State.DEAD,
                row.getInt(1),
                row.getInt(2),
                row.getLong(3),
                0,
                row.getString(4),
                answer(row, 5)),
        subscription,
        uuid);
  }

  private static @Nullable MessageStatus done(
      Sql sql, StoredQueue queue, int subscription, MessageId id) throws SQLException {
    return sql.first(
        """
        SELECT slot, attempts, accepted, status, head, body, body_bytes FROM result
        WHERE id = ? AND subscription = ?\
        """,
        row ->
            new MessageStatus(
                id,
                State.DONE,
                queue.slots().shard(row.getInt(1)),
                row.getInt(2),
                row.getLong(3),
                0,
                null,
                answer(row, 4)),
        Appends.uuid(id),
        subscription);
  }

  /// From the columns status, head, body, bytes of the body.
  private static @Nullable Answer answer(ResultSet row, int from) throws SQLException {
    byte[] head = row.getBytes(from + 1);
    return head == null
        ? null
        : new Answer(row.getInt(from), head, row.getBytes(from + 2), row.getLong(from + 3));
  }

  private record Place(long seq, int slot) {}
}
