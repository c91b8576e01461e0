package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What is asked of the logs.
final class LogReader {
  /// Entries of one answer, which is held in memory whole.
  static final int MOST_ROWS = 4096;

  private LogReader() {}

  /// The next entries of a log.
  static List<Entry> entries(Sql sql, LogId log, long afterSeq, int most) throws SQLException {
    return sql.all(
        """
        SELECT seq, lane, slot, attempts, not_before, delayed, accepted, bytes FROM entry
        WHERE subscription = ? AND shard = ? AND seq > ? ORDER BY seq LIMIT ?\
        """,
        row ->
            new Entry(
                row.getLong(1),
                row.getLong(2),
                row.getInt(3),
                row.getInt(4),
                row.getLong(5),
                row.getBoolean(6),
                row.getLong(7),
                row.getInt(8)),
        log.subscription(),
        log.shard(),
        afterSeq,
        most);
  }

  static List<Message> messages(Sql sql, LogId log, List<Long> seqs) throws SQLException {
    Map<Long, Message> found = new HashMap<>();
    sql.all(
        """
        SELECT c.id, c.key, c.lane, c.slot, c.seq, c.accepted, c.head, c.body, c.callback
        FROM content c JOIN entry e USING (seq)
        WHERE e.subscription = ? AND e.shard = ? AND e.seq = ANY (?)\
        """,
        row -> found.put(row.getLong(5), message(row)),
        log.subscription(),
        log.shard(),
        Contents.longs(seqs));
    return seqs.stream().filter(found::containsKey).map(found::get).toList();
  }

  static Totals totals(Sql sql, LogId log) throws SQLException {
    return sql.only(
        """
        SELECT a.messages, a.bytes + d.bytes, a.oldest, a.last, d.messages FROM
        (SELECT count(*) AS messages, coalesce(sum(bytes), 0) AS bytes,
           coalesce(min(accepted), 0) AS oldest, coalesce(max(seq), 0) AS last
         FROM entry WHERE subscription = ? AND shard = ?) a,
        (SELECT count(*) AS messages, coalesce(sum(bytes), 0) AS bytes
         FROM dead WHERE subscription = ? AND shard = ?) d\
        """,
        row ->
            new Totals(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
        log.subscription(),
        log.shard(),
        log.subscription(),
        log.shard());
  }

  /// From the columns id, key, lane, slot, seq, accepted, head, body, callback.
  static Message message(ResultSet row) throws SQLException {
    return new Message(
        Appends.id(row.getObject(1, UUID.class)),
        row.getBytes(2),
        row.getLong(3),
        row.getInt(4),
        row.getLong(5),
        row.getLong(6),
        new Content(row.getBytes(7), row.getBytes(8)),
        row.getString(9));
  }
}
