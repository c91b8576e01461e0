package dev.ringmaster.queue.postgres;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes what nobody can ask for any more, a bounded piece at a time, by one process at a time.
final class Sweep {
  private final Sql sql;
  private final Contents contents;

  Sweep(Transaction transaction) {
    sql = transaction.sql();
    contents = new Contents(sql);
  }

  /// At most `most` rows; how many.
  int sweep(long nowMs, int most) throws SQLException {
    boolean mine =
        sql.only(
            "SELECT pg_try_advisory_xact_lock(?)",
            row -> row.getBoolean(1),
            Schema.Lock.SWEEP.of(0, 0));
    if (!mine) {
      return 0;
    }
    int left = most;
    left -=
        sql.run(
            """
            DELETE FROM result WHERE (id, subscription) IN
            (SELECT id, subscription FROM result WHERE until <= ? ORDER BY until LIMIT ?)\
            """,
            nowMs,
            left);
    left -=
        sql.run(
            """
            UPDATE dead SET until = NULL, status = NULL, body_bytes = NULL, head = NULL, body = NULL
            WHERE (subscription, shard, seq) IN
            (SELECT subscription, shard, seq FROM dead WHERE until <= ? ORDER BY until LIMIT ?)\
            """,
            nowMs,
            left);
    left -=
        sql.run(
            """
            DELETE FROM dedup WHERE (queue, name) IN
            (SELECT queue, name FROM dedup WHERE until <= ? ORDER BY until LIMIT ?)\
            """,
            nowMs,
            left);
    return most - sweepDropped(left);
  }

  /// How many of `most` are left.
  private int sweepDropped(int most) throws SQLException {
    int left = most;
    Integer subscription = next();
    while (subscription != null && left > 0) {
      left -= drop("entry", subscription, left);
      left -= drop("dead", subscription, left);
      if (left > 0) {
        sql.run("DELETE FROM dropped WHERE subscription = ?", subscription);
        subscription = next();
      }
    }
    return left;
  }

  private @Nullable Integer next() throws SQLException {
    return sql.first("SELECT subscription FROM dropped LIMIT 1", row -> row.getInt(1));
  }

  private int drop(String table, int subscription, int most) throws SQLException {
    List<Long> seqs =
        sql.all(
            """
            DELETE FROM %1$s WHERE (subscription, shard, seq) IN
            (SELECT subscription, shard, seq FROM %1$s WHERE subscription = ? LIMIT ?)
            RETURNING seq\
            """
                .formatted(table),
            row -> row.getLong(1),
            subscription,
            most);
    contents.drop(seqs);
    return seqs.size();
  }
}
