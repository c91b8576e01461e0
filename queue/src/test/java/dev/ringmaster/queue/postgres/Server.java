package dev.ringmaster.queue.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// A PostgreSQL for tests, with fsync on; one for all tests of a run, and a database for each.
public final class Server {
  private static int databases;

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

  /// A database with nothing in it, on the server of all tests.
  public static synchronized Access freshDatabase() {
    String name = "t" + ++databases;
    execute(access(Shared.SERVER, "postgres"), "CREATE DATABASE " + name);
    return access(Shared.SERVER, name);
  }

  public static Access access(EmbeddedPostgres server, String database) {
    return new Access(server.getJdbcUrl("postgres", database), "postgres", null);
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
