package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The commits of this process, one after another on one connection.
///
/// Each transaction sets its number in this writer's row. If the end of one is not heard, because
/// the connection broke, the row says on another connection whether it came to be: the row is
/// locked for as long as the server has not decided, and it goes along in a fail-over.
final class Commits {
  /// Tries of a commit that met a broken connection, a deadlock or a changed catalog.
  private static final int MOST_TRIES = 4;

  /// How long the answer to a commit whose end was not heard is looked for.
  private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(8);

  private static final long BETWEEN_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Link link;
  private final String writer;
  private volatile Queues.Known known;
  private long commits;

  /// @param writer a name that no other has
  Commits(Link link, String writer, Queues.Known known) {
    this.link = link;
    this.writer = writer;
    this.known = known;
  }

  List<Effect> commit(List<Order> orders) throws StoreFault {
    for (int tries = 1; ; tries++) {
      List<Effect> effects = tried(orders, tries);
      if (effects != null) {
        return effects;
      }
    }
  }

  /// Null to try again.
  private @Nullable List<Effect> tried(List<Order> orders, int tries) throws StoreFault {
    Connection connection = null;
    Transaction transaction;
    List<Effect> effects;
    try {
      connection = link.connection();
      Sql sql = new Sql(connection);
      transaction = new Transaction(sql, orders, known);
      if (!transaction.begin(writer, ++commits)) {
        known = Queues.load(sql);
        connection.rollback();
        return stopUnless(tries < MOST_TRIES, new SQLException("queues change all the time"));
      }
      effects = transaction.carryOut();
    } catch (SQLException e) {
      boolean broken = undo(connection, e);
      return stopUnless((broken || Faults.passes(e)) && tries < MOST_TRIES, e);
    } catch (RuntimeException e) {
      link.drop();
      throw e;
    }
    end(connection);
    known = transaction.known();
    return effects;
  }

  private static @Nullable List<Effect> stopUnless(boolean again, SQLException why)
      throws StoreFault {
    if (again) {
      return null;
    }
    throw Faults.of(why, Durable.NO);
  }

  /// Whether the connection was broken.
  private boolean undo(@Nullable Connection connection, SQLException why) {
    boolean made = connection != null;
    if (connection != null && !Faults.ofConnection(why)) {
      try {
        connection.rollback();
        return false;
      } catch (SQLException e) {
        why.addSuppressed(e);
      }
    }
    link.drop();
    return made;
  }

  private void end(Connection connection) throws StoreFault {
    try {
      connection.commit();
    } catch (SQLException e) {
      link.drop();
      if (!Faults.ofConnection(e)) {
        throw Faults.of(e, Durable.NO);
      }
      settle(e);
    }
  }

  /// Finds out whether the last commit came to be; returns if so.
  private void settle(SQLException why) throws StoreFault {
    long endNs = System.nanoTime() + SETTLE_NS;
    do {
      try {
        Connection connection = link.connection();
        Long done =
            new Sql(connection)
                .first(
                    "SELECT commits FROM writer WHERE name = ? FOR UPDATE",
                    row -> row.getLong(1),
                    writer);
        connection.rollback();
        if (done == null || done != commits) {
          throw Faults.of(why, Durable.NO);
        }
        return;
      } catch (SQLException e) {
        why.addSuppressed(e);
        link.drop();
        LockSupport.parkNanos(BETWEEN_NS);
      }
    } while (endNs - System.nanoTime() > 0);
    throw new StoreFault(
        Kind.UNAVAILABLE,
        Durable.UNKNOWN,
        "PostgreSQL went away during a commit: " + why.getMessage(),
        why);
  }
}
