package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import java.sql.SQLException;
import java.util.Set;

/// What PostgreSQL's errors mean to a store (PostgreSQL documentation, appendix A).
final class Faults {
  private static final String DISK_FULL = "53100";
  private static final String READ_ONLY = "25006";
  private static final Set<String> TRY_AGAIN =
      Set.of(
          "40001", // serialization_failure
          "40P01", // deadlock_detected
          "55P03"); // lock_not_available
  private static final Set<String> GONE =
      Set.of(
          "57P01", // admin_shutdown
          "57P02", // crash_shutdown
          "57P03", // cannot_connect_now
          "57P05", // idle_session_timeout
          "25P03", // idle_in_transaction_session_timeout
          "25P04"); // transaction_timeout

  private Faults() {}

  static StoreFault of(SQLException e, Durable durable) {
    Kind kind = kind(e);
    String what =
        switch (kind) {
          case DISK_FULL -> "PostgreSQL has no room left: ";
          case CORRUPT -> "PostgreSQL's data is damaged: ";
          case UNAVAILABLE, NEWER ->
              state(e).equals(READ_ONLY)
                  ? "PostgreSQL takes no writes: "
                  : "PostgreSQL cannot be used: ";
        };
    return new StoreFault(kind, durable, what + e.getMessage(), e);
  }

  /// Whether the same transaction may well succeed if it is begun again.
  static boolean passes(SQLException e) {
    return TRY_AGAIN.contains(state(e));
  }

  /// Whether the connection is of no use any more.
  static boolean ofConnection(SQLException e) {
    return state(e).isEmpty() || state(e).startsWith("08") || GONE.contains(state(e));
  }

  private static Kind kind(SQLException e) {
    if (state(e).equals(DISK_FULL)) {
      return Kind.DISK_FULL;
    }
    return state(e).startsWith("XX00") && !state(e).equals("XX000")
        ? Kind.CORRUPT
        : Kind.UNAVAILABLE;
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }
}
