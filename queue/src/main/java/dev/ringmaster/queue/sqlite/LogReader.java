package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Packed;
import dev.ringmaster.queue.store.Totals;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/// What is asked of the logs, on a connection that writes nothing, by one thread at a time.
final class LogReader {
  /// Rows of one reading, so that it neither holds up the next reader nor the log's reuse.
  static final int ROWS_AT_A_TIME = 4096;

  /// No seq.
  static final long END = -1;

  private final Prepared selectEntries;
  private final Prepared selectMessage;
  private final Prepared totalAlive;
  private final Prepared totalDead;

  LogReader(Connection connection) throws SQLException {
    selectEntries =
        new Prepared(
            connection,
            """
            SELECT seq, lane, slot, attempts, not_before, delayed, accepted, bytes FROM entry
            WHERE subscription = ? AND shard = ? AND seq > ? ORDER BY seq LIMIT ?\
            """);
    selectMessage =
        new Prepared(
            connection,
            """
            SELECT id, key, lane, slot, seq, accepted, head, body, callback
            FROM content c WHERE seq = ? AND EXISTS
            (SELECT 1 FROM entry WHERE subscription = ? AND shard = ? AND seq = c.seq)\
            """);
    totalAlive =
        new Prepared(
            connection,
            """
            SELECT count(*), sum(bytes), min(accepted), max(seq) FROM entry
            WHERE subscription = ? AND shard = ?\
            """);
    totalDead =
        new Prepared(
            connection,
            "SELECT count(*), sum(bytes) FROM dead WHERE subscription = ? AND shard = ?");
  }

  /// Looks at the next [#ROWS_AT_A_TIME] entries of a log, and adds those of some lanes until
  /// enough are found.
  ///
  /// @return the seq to go on behind; [#END] if there is nothing more or enough is found
  long entries(LogId log, long afterSeq, LongPredicate lanes, Found found) throws SQLException {
    long[] last = {END, 0};
    selectEntries.each(
        row -> {
          last[0] = row.getLong(1);
          last[1]++;
          if (lanes.test(row.getLong(2))) {
            found.entries.add(entry(row));
          }
          return found.entries.size() < found.most;
        },
        log.subscription(),
        log.shard(),
        afterSeq,
        ROWS_AT_A_TIME);
    boolean more = last[1] == ROWS_AT_A_TIME && found.entries.size() < found.most;
    return more ? last[0] : END;
  }

  /// @param most are enough
  record Found(List<Entry> entries, int most) {}

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong(1),
        row.getLong(2),
        row.getInt(3),
        row.getInt(4),
        row.getLong(5),
        row.getInt(6) != 0,
        row.getLong(7),
        row.getInt(8));
  }

  List<Message> messages(LogId log, List<Long> seqs) throws SQLException {
    List<Message> found = new ArrayList<>();
    for (long seq : seqs) {
      Message message =
          selectMessage.first(LogReader::message, seq, log.subscription(), log.shard());
      if (message != null) {
        found.add(message);
      }
    }
    return found;
  }

  Totals totals(LogId log) throws SQLException {
    Totals alive =
        totalAlive.only(
            row -> new Totals(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), 0),
            log.subscription(),
            log.shard());
    return totalDead.only(
        row ->
            new Totals(
                alive.messages(),
                alive.bytes() + row.getLong(2),
                alive.oldestMs(),
                alive.lastSeq(),
                row.getLong(1)),
        log.subscription(),
        log.shard());
  }

  /// From the columns id, key, lane, slot, seq, accepted, head, body, callback.
  static Message message(ResultSet row) throws SQLException {
    return new Message(
        Packed.id(row.getBytes(1)),
        row.getBytes(2),
        row.getLong(3),
        row.getInt(4),
        row.getLong(5),
        row.getLong(6),
        new Content(row.getBytes(7), row.getBytes(8)),
        row.getString(9));
  }
}
