package dev.ringmaster.queue.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// A PostgreSQL for tests, with fsync on; one for all tests of a run.
public final class Server {
  private Server() {}

  /// A server of the test's own, which it may stop.
  public static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder()
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .setPGStartupWait(Duration.ofSeconds(60))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The server of all tests, with none of our tables in it.
  public static synchronized Access empty() {
    Access access = access(Shared.SERVER);
    execute(access, "DROP SCHEMA IF EXISTS ringmaster CASCADE");
    return access;
  }

  public static Access access(EmbeddedPostgres server) {
    return new Access(server.getJdbcUrl("postgres", "postgres"), "postgres", null);
  }

  /// Runs statements beside the store.
  public static void execute(Access access, String... statements) {
    try (Connection connection = DriverManager.getConnection(access.url(), access.user(), "");
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();
  }
}
