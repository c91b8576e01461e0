package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.store.QueueStore.ShardId;
import dev.ringmaster.queue.store.StoreFault;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who has which shard, by the database's clock.
final class LeaseTable {
  private final Link link;

  LeaseTable(Link link) {
    this.link = link;
  }

  /// One conditional change takes the shard. It waits for the commits that rely on the epoch that
  /// it ends.
  long acquire(ShardId shard, String owner, long leaseMs) throws StoreFault {
    return link.ask(sql -> {
      sql.all(
          "SELECT pg_advisory_xact_lock(?)::text",
          row -> "",
          Schema.Lock.EPOCH.of(shard.queue(), shard.shard()));
      return taken(sql, shard, owner, leaseMs);
    });
  }

  private static long taken(Sql sql, ShardId shard, String owner, long leaseMs)
      throws SQLException {
    Long epoch =
        sql.first(
            """
            INSERT INTO shard AS s (queue, shard, epoch, owner, until)
            SELECT q.number, ?, 1, ?, clock_timestamp() + ? * interval '1 ms'
            FROM queue q WHERE q.number = ?
            ON CONFLICT (queue, shard) DO UPDATE
            SET epoch = s.epoch + 1, owner = excluded.owner, until = excluded.until
            WHERE s.owner = excluded.owner OR s.until <= clock_timestamp()
            RETURNING epoch\
            """,
            row -> row.getLong(1),
            shard.shard(),
            owner,
            leaseMs,
            shard.queue());
    return epoch == null ? 0 : epoch;
  }

  Map<ShardId, Long> renew(String owner, long leaseMs) throws StoreFault {
    return link.ask(sql -> leaseMs > 0 ? renewed(sql, owner, leaseMs) : left(sql, owner));
  }

  private static Map<ShardId, Long> renewed(Sql sql, String owner, long leaseMs)
      throws SQLException {
    sql.run(
        """
        INSERT INTO owner (name, until) VALUES (?, clock_timestamp() + ? * interval '1 ms')
        ON CONFLICT (name) DO UPDATE SET until = excluded.until\
        """,
        owner,
        leaseMs);
    Map<ShardId, Long> kept = new HashMap<>();
    sql.all(
        """
        UPDATE shard SET until = clock_timestamp() + ? * interval '1 ms' WHERE owner = ?
        RETURNING queue, shard, epoch\
        """,
        row -> kept.put(new ShardId(row.getInt(1), row.getInt(2)), row.getLong(3)),
        leaseMs,
        owner);
    return kept;
  }

  private static Map<ShardId, Long> left(Sql sql, String owner) throws SQLException {
    sql.run("DELETE FROM owner WHERE name = ?", owner);
    sql.run("UPDATE shard SET until = '-infinity' WHERE owner = ?", owner);
    sql.run("DELETE FROM owner WHERE until < clock_timestamp() - interval '1 day'");
    return Map.of();
  }

  void release(ShardId shard, String owner) throws StoreFault {
    link.ask(sql ->
        sql.run(
            """
            UPDATE shard SET until = '-infinity'
            WHERE queue = ? AND shard = ? AND owner = ?\
            """,
            shard.queue(),
            shard.shard(),
            owner));
  }

  List<String> owners() throws StoreFault {
    return link.ask(sql ->
        sql.all(
            """
            SELECT name FROM owner WHERE until > clock_timestamp() ORDER BY name COLLATE "C\"\
            """,
            row -> row.getString(1)));
  }
}
