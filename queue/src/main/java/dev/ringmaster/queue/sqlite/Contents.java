package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.Packed;
import java.sql.Connection;
import java.sql.SQLException;

/// The messages' bytes, each kept for as long as an entry or a dead message names its seq; within
/// the transaction of the writing connection.
final class Contents {
  private final Prepared insert;
  private final Prepared share;
  private final Prepared unshare;
  private final Prepared deleteShared;
  private final Prepared delete;
  private final Prepared selectId;
  private final Prepared move;
  private final Prepared copy;

  Contents(Connection connection) throws SQLException {
    insert = new Prepared(connection, "INSERT INTO content VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    share = new Prepared(connection, "INSERT INTO shared VALUES (?, ?)");
    unshare =
        new Prepared(connection, "UPDATE shared SET refs = refs - 1 WHERE seq = ? RETURNING refs");
    deleteShared = new Prepared(connection, "DELETE FROM shared WHERE seq = ?");
    delete = new Prepared(connection, "DELETE FROM content WHERE seq = ?");
    selectId = new Prepared(connection, "SELECT id FROM content WHERE seq = ?");
    move = new Prepared(connection, "UPDATE content SET seq = ?, accepted = ? WHERE seq = ?");
    copy =
        new Prepared(
            connection,
            """
            INSERT INTO content SELECT ?, id, lane, slot, ?, callback, key, head, body
            FROM content WHERE seq = ?\
            """);
  }

  /// Keeps a message for so many entries, at least one.
  void add(Order.Append order, long seq, int entries) throws SQLException {
    Content content = order.draft().content();
    insert.run(
        seq,
        Packed.id(order.id()),
        order.lane(),
        order.slot(),
        order.acceptedMs(),
        order.draft().callback(),
        order.draft().key(),
        content.head(),
        content.body());
    if (entries > 1) {
      share.run(seq, entries);
    }
  }

  byte[] id(long seq) throws SQLException {
    return selectId.only(row -> row.getBytes(1), seq);
  }

  /// One entry or dead message less names it.
  void drop(long seq) throws SQLException {
    if (!leaveToOthers(seq)) {
      delete.run(seq);
    }
  }

  /// Who named it by its old seq names it by a new one, as accepted then.
  void renumber(long seq, long fresh, long acceptedMs) throws SQLException {
    (leaveToOthers(seq) ? copy : move).run(fresh, acceptedMs, seq);
  }

  /// Takes one of those who name it away; whether there are others.
  private boolean leaveToOthers(long seq) throws SQLException {
    Integer left = unshare.first(row -> row.getInt(1), seq);
    if (left != null && left <= 1) {
      deleteShared.run(seq);
    }
    return left != null;
  }
}
