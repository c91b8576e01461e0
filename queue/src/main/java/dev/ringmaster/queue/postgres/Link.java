package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to the primary that is made again when it has broken; for one thread at a time.
///
/// The server ends what this process began and does not go on with, so that a stopped process holds
/// no lock for longer than a lease.
final class Link implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /// On the server: a transaction that waits for its client, a statement, a wait for a lock.
  private static final String LIMITS =
      "-c idle_in_transaction_session_timeout=2500 -c statement_timeout=15000 -c lock_timeout=4000"
          + " -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3";

  private static final String SECONDS_TO_CONNECT = "3";

  /// A statement's time and a little more.
  private static final String SECONDS_TO_ANSWER = "18";

  private final Access access;
  private final boolean autoCommit;
  private @Nullable Connection connection;

  Link(Access access, boolean autoCommit) {
    this.access = access;
    this.autoCommit = autoCommit;
  }

  /// The connection, made if there is none.
  Connection connection() throws SQLException {
    Connection now = connection;
    if (now == null) {
      now = connect();
      connection = now;
    }
    return now;
  }

  /// Asks something that may be asked twice: once more if the connection turns out to be broken, as
  /// all are after the server was started again.
  <T extends @Nullable Object> T ask(Question<T> question) throws StoreFault {
    try {
      return asked(question);
    } catch (SQLException first) {
      drop();
      if (!Faults.ofConnection(first)) {
        throw Faults.of(first, Durable.NO);
      }
    }
    try {
      return asked(question);
    } catch (SQLException second) {
      drop();
      throw Faults.of(second, Durable.NO);
    }
  }

  private <T extends @Nullable Object> T asked(Question<T> question) throws SQLException {
    Connection now = connection();
    T answer = question.ask(new Sql(now));
    if (!autoCommit) {
      now.commit();
    }
    return answer;
  }

  /// What is asked on a connection.
  interface Question<T extends @Nullable Object> {
    T ask(Sql sql) throws SQLException;
  }

  /// The next time another one is made.
  void drop() {
    Connection broken = connection;
    connection = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (SQLException e) {
        LOG.debug("a broken connection to {} could not be closed", access, e);
      }
    }
  }

  @Override
  public void close() {
    drop();
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (access.user() != null) {
      properties.setProperty("user", access.user());
    }
    if (access.password() != null) {
      properties.setProperty("password", access.password());
    }
    properties.setProperty("ApplicationName", "ringmaster");
    properties.setProperty("options", LIMITS);
    properties.setProperty("currentSchema", "ringmaster");
    properties.setProperty("targetServerType", "primary");
    properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
    properties.setProperty("loginTimeout", SECONDS_TO_CONNECT);
    properties.setProperty("socketTimeout", SECONDS_TO_ANSWER);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("reWriteBatchedInserts", "true");
    Connection made = new Driver().connect(access.url(), properties);
    if (made == null) {
      throw new SQLException("not a URL of PostgreSQL: " + access.url(), "08001");
    }
    new Sql(made)
        .all(
            """
            SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') = 'off'\
            """,
            row -> row.getString(1));
    made.setAutoCommit(autoCommit);
    return made;
  }
}
