package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first transaction of a process: the tables are there and of its version, and it may write.
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  /// PostgreSQL 15, which is the oldest that is tested.
  private static final int OLDEST_SERVER = 150_000;

  private Opening() {}

  static void open(Link link, String writer) throws StoreFault {
    long version = link.ask(sql -> prepare(sql, writer));
    if (version > Schema.VERSION) {
      throw new StoreFault(
          Kind.NEWER,
          Durable.NO,
          "the tables are of a newer Ringmaster (version " + version + ")",
          null);
    }
  }

  private static long prepare(Sql sql, String writer) throws SQLException {
    sql.all("SELECT pg_advisory_xact_lock(?)::text", row -> "", Schema.Lock.CATALOG.of(0, 0));
    refuseOld(sql);
    boolean there =
        sql.only("SELECT to_regclass('ringmaster.meta') IS NOT NULL", r -> r.getBoolean(1));
    if (!there) {
      sql.run("CREATE SCHEMA IF NOT EXISTS ringmaster");
      for (String statement : Schema.CREATE) {
        sql.run(statement);
      }
    }
    if (sql.only("SHOW fsync", row -> row.getString(1)).equals("off")) {
      LOG.warn("this PostgreSQL has fsync off: what is accepted is lost when its machine stops");
    }
    long version = sql.only("SELECT value FROM meta WHERE name = 'version'", row -> row.getLong(1));
    if (version <= Schema.VERSION) {
      sql.run("INSERT INTO writer (name, commits) VALUES (?, 0)", writer);
      sql.run("DELETE FROM writer WHERE seen < clock_timestamp() - interval '7 days'");
    }
    return version;
  }

  private static void refuseOld(Sql sql) throws SQLException {
    int server = sql.only("SHOW server_version_num", row -> Integer.parseInt(row.getString(1)));
    if (server < OLDEST_SERVER) {
      throw new SQLException("PostgreSQL 15 or newer is needed, not " + server / 10_000, "0A000");
    }
  }
}
