package dev.ringmaster.queue.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The messages' bytes, each kept for as long as an entry or a dead message names its seq.
final class Contents {
  private final Sql sql;

  Contents(Sql sql) {
    this.sql = sql;
  }

  /// The ids of messages, by seq.
  Map<Long, UUID> ids(Collection<Long> seqs) throws SQLException {
    Map<Long, UUID> ids = new HashMap<>();
    sql.all(
        "SELECT seq, id FROM content WHERE seq = ANY (?)",
        row -> ids.put(row.getLong(1), row.getObject(2, UUID.class)),
        longs(seqs));
    return ids;
  }

  /// For each seq one entry or dead message less names it; a seq may come several times.
  void drop(List<Long> seqs) throws SQLException {
    if (seqs.isEmpty()) {
      return;
    }
    Set<Long> unnamed = new HashSet<>(seqs);
    List<Long> ended = new ArrayList<>();
    sql.all(
        """
        UPDATE shared s SET refs = s.refs - o.less
        FROM (SELECT seq, count(*)::integer AS less FROM unnest(?::bigint[]) AS u(seq)
              GROUP BY seq ORDER BY seq) o
        WHERE s.seq = o.seq RETURNING s.seq, s.refs\
        """,
        row -> row.getInt(2) > 0 ? unnamed.remove(row.getLong(1)) : ended.add(row.getLong(1)),
        longs(seqs));
    if (!ended.isEmpty()) {
      sql.run("DELETE FROM shared WHERE seq = ANY (?)", longs(ended));
    }
    if (!unnamed.isEmpty()) {
      sql.run("DELETE FROM content WHERE seq = ANY (?)", longs(unnamed));
    }
  }

  static long[] longs(Collection<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  static int[] ints(Collection<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
