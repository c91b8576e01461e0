package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Packed;
import dev.ringmaster.queue.store.StoredQueue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of messages, asked on a connection that writes nothing, by one thread at a time.
final class FateReader {
  private final Prepared selectSeqs;
  private final Prepared selectWaiting;
  private final Prepared selectDead;
  private final Prepared selectDeadStatus;
  private final Prepared selectResult;
  private final Prepared selectDeadLanes;

  FateReader(Connection connection) throws SQLException {
    selectSeqs = new Prepared(connection, "SELECT seq, slot FROM content WHERE id = ?");
    selectWaiting =
        new Prepared(
            connection,
            """
            SELECT attempts, accepted, not_before FROM entry
            WHERE subscription = ? AND shard = ? AND seq = ?\
            """);
    selectDead =
        new Prepared(
            connection,
            """
            SELECT c.id, c.key, c.lane, c.slot, c.seq, c.accepted, c.head, c.body, c.callback,
            d.shard, d.attempts, d.died, d.reason, d.status, d.head, d.body, d.body_bytes
            FROM dead d JOIN content c ON c.seq = d.seq
            WHERE d.subscription = ? AND d.id > ? ORDER BY d.id LIMIT ?\
            """);
    selectDeadStatus =
        new Prepared(
            connection,
            """
            SELECT d.shard, d.attempts, c.accepted, d.reason, d.status, d.head, d.body, d.body_bytes
            FROM dead d JOIN content c ON c.seq = d.seq WHERE d.subscription = ? AND d.id = ?\
            """);
    selectResult =
        new Prepared(
            connection,
            """
            SELECT slot, attempts, accepted, status, head, body, body_bytes FROM result
            WHERE id = ? AND subscription = ?\
            """);
    selectDeadLanes =
        new Prepared(
            connection,
            "SELECT DISTINCT lane FROM dead WHERE subscription = ? AND shard = ? ORDER BY lane");
  }

  @Nullable MessageStatus find(StoredQueue queue, int subscription, MessageId id)
      throws SQLException {
    byte[] packed = Packed.id(id);
    for (Place place : selectSeqs.all(row -> new Place(row.getLong(1), row.getInt(2)), packed)) {
      int shard = queue.slots().shard(place.slot);
      MessageStatus waiting = waiting(new LogId(subscription, shard), place.seq, id);
      if (waiting != null) {
        return waiting;
      }
    }
    MessageStatus dead = deadStatus(subscription, id, packed);
    return dead != null ? dead : done(queue, subscription, id, packed);
  }

  List<DeadMessage> dead(int subscription, @Nullable MessageId after, int most)
      throws SQLException {
    byte[] from = after == null ? new byte[0] : Packed.id(after);
    return selectDead.all(
        row ->
            new DeadMessage(
                LogReader.message(row),
                row.getInt(10),
                row.getInt(11),
                row.getLong(12),
                row.getString(13),
                answer(row, 14)),
        subscription,
        from,
        most);
  }

  List<Long> deadLanes(LogId log) throws SQLException {
    return selectDeadLanes.all(row -> row.getLong(1), log.subscription(), log.shard());
  }

  private @Nullable MessageStatus waiting(LogId log, long seq, MessageId id) throws SQLException {
    return selectWaiting.first(
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

  private @Nullable MessageStatus deadStatus(int subscription, MessageId id, byte[] packed)
      throws SQLException {
    return selectDeadStatus.first(
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
        packed);
  }

  private @Nullable MessageStatus done(
      StoredQueue queue, int subscription, MessageId id, byte[] packed) throws SQLException {
    return selectResult.first(
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
        packed,
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
