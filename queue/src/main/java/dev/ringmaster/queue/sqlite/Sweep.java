package dev.ringmaster.queue.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes what nobody can ask for any more, a bounded piece at a time.
final class Sweep {
  private final Contents contents;
  private final Prepared deleteResults;
  private final Prepared clearDead;
  private final Prepared deleteKnown;
  private final Prepared selectDropped;
  private final Prepared deleteDropped;
  private final Prepared deleteEntries;
  private final Prepared deleteDead;

  Sweep(Connection connection, Contents contents) throws SQLException {
    this.contents = contents;
    deleteResults =
        new Prepared(
            connection,
            """
            DELETE FROM result WHERE (id, subscription) IN
            (SELECT id, subscription FROM result WHERE until <= ? ORDER BY until LIMIT ?)\
            """);
    clearDead =
        new Prepared(
            connection,
            """
            UPDATE dead SET until = NULL, status = NULL, body_bytes = NULL, head = NULL, body = NULL
            WHERE (subscription, shard, seq) IN
            (SELECT subscription, shard, seq FROM dead WHERE until <= ? ORDER BY until LIMIT ?)\
            """);
    deleteKnown =
        new Prepared(
            connection,
            """
            DELETE FROM dedup WHERE (queue, name) IN
            (SELECT queue, name FROM dedup WHERE until <= ? ORDER BY until LIMIT ?)\
            """);
    selectDropped = new Prepared(connection, "SELECT subscription FROM dropped LIMIT 1");
    deleteDropped = new Prepared(connection, "DELETE FROM dropped WHERE subscription = ?");
    deleteEntries =
        new Prepared(
            connection,
            """
            DELETE FROM entry WHERE (subscription, shard, seq) IN
            (SELECT subscription, shard, seq FROM entry WHERE subscription = ? LIMIT ?)
            RETURNING seq\
            """);
    deleteDead =
        new Prepared(
            connection,
            """
            DELETE FROM dead WHERE (subscription, shard, seq) IN
            (SELECT subscription, shard, seq FROM dead WHERE subscription = ? LIMIT ?)
            RETURNING seq\
            """);
  }

  /// At most `most` rows; how many.
  int sweep(long nowMs, int most) throws SQLException {
    int left = most;
    left -= deleteResults.run(nowMs, left);
    left -= clearDead.run(nowMs, left);
    left -= deleteKnown.run(nowMs, left);
    return most - sweepDropped(left);
  }

  /// How many of `most` are left.
  private int sweepDropped(int most) throws SQLException {
    int left = most;
    Integer subscription = next();
    while (subscription != null && left > 0) {
      left -= drop(deleteEntries, subscription, left);
      left -= drop(deleteDead, subscription, left);
      if (left > 0) {
        deleteDropped.run(subscription);
        subscription = next();
      }
    }
    return left;
  }

  private @Nullable Integer next() throws SQLException {
    return selectDropped.first(row -> row.getInt(1));
  }

  private int drop(Prepared delete, int subscription, int most) throws SQLException {
    List<Long> seqs = delete.all(row -> row.getLong(1), subscription, most);
    for (long seq : seqs) {
      contents.drop(seq);
    }
    return seqs.size();
  }
}
