package dev.ringmaster.queue.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/// Numbers that grow for ever, across starts too.
///
/// Seqs are reserved on disk a million at a time, so that a commit does not write that page again;
/// what a crash leaves of a reservation is never used.
final class Numbers {
  private static final long SEQS_AT_A_TIME = 1 << 20;

  private final Prepared update;
  private long seq;
  private long reservedSeq;
  private long confirmedSeq;
  private long number;
  private long confirmedNumber;

  Numbers(Connection connection) throws SQLException {
    update = new Prepared(connection, "UPDATE meta SET value = ? WHERE name = ?");
    Prepared select = new Prepared(connection, "SELECT value FROM meta WHERE name = ?");
    seq = value(select, "seq");
    reservedSeq = seq;
    confirmedSeq = seq;
    number = value(select, "number");
    confirmedNumber = number;
  }

  /// The next seq, in a transaction.
  long nextSeq() throws SQLException {
    if (seq == reservedSeq) {
      reservedSeq = seq + SEQS_AT_A_TIME;
      update.run(reservedSeq, "seq");
    }
    return ++seq;
  }

  /// The next number of a queue or subscription, in a transaction.
  int nextNumber() throws SQLException {
    number++;
    update.run(number, "number");
    return (int) number;
  }

  /// The transaction is durable.
  void confirm() {
    confirmedSeq = reservedSeq;
    confirmedNumber = number;
  }

  /// The transaction is not: what it reserved is not reserved.
  void revert() {
    reservedSeq = confirmedSeq;
    seq = Math.min(seq, reservedSeq);
    number = confirmedNumber;
  }

  /// At the end, in a transaction: gives back what is left of the reservation.
  void giveBack() throws SQLException {
    update.run(seq, "seq");
  }

  static long value(Prepared select, String name) throws SQLException {
    return select.only(row -> row.getLong(1), name);
  }
}
