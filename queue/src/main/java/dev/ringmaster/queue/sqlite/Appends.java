package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.Packed;
import dev.ringmaster.queue.store.StoredQueue;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Adds messages, within the transaction of the writing connection.
final class Appends {
  private final Numbers numbers;
  private final Contents contents;
  private final Prepared insertEntry;
  private final Prepared selectKnown;
  private final Prepared insertKnown;

  Appends(Connection connection, Numbers numbers, Contents contents) throws SQLException {
    this.numbers = numbers;
    this.contents = contents;
    insertEntry =
        new Prepared(connection, "INSERT INTO entry VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)");
    selectKnown =
        new Prepared(
            connection, "SELECT id, slot FROM dedup WHERE queue = ? AND name = ? AND until > ?");
    insertKnown = new Prepared(connection, "INSERT OR REPLACE INTO dedup VALUES (?, ?, ?, ?, ?)");
  }

  Effect append(StoredQueue queue, Order.Append order) throws SQLException {
    Effect known = known(queue, order);
    if (known != null) {
      return known;
    }
    int shard = queue.slots().shard(order.slot());
    long seq = numbers.nextSeq();
    int entries = 0;
    for (int subscription : order.subscriptions()) {
      if (queue.subscriptions().containsValue(subscription)) {
        insertEntry(order, new LogId(subscription, shard), seq);
        entries++;
      }
    }
    if (entries > 0) {
      contents.add(order, seq, entries);
    }
    return new Effect.Appended(seq, shard);
  }

  private @Nullable Effect known(StoredQueue queue, Order.Append order) throws SQLException {
    String name = order.draft().deduplicationId();
    if (name == null) {
      return null;
    }
    Effect known =
        selectKnown.first(
            row ->
                new Effect.Repeats(Packed.id(row.getBytes(1)), queue.slots().shard(row.getInt(2))),
            queue.number(),
            name,
            order.acceptedMs());
    if (known == null) {
      long untilMs = order.acceptedMs() + order.deduplicateForMs();
      insertKnown.run(queue.number(), name, Packed.id(order.id()), order.slot(), untilMs);
    }
    return known;
  }

  private void insertEntry(Order.Append order, LogId log, long seq) throws SQLException {
    long notBeforeMs = order.draft().notBeforeMs();
    insertEntry.run(
        log.subscription(),
        log.shard(),
        seq,
        order.lane(),
        order.slot(),
        notBeforeMs,
        notBeforeMs != 0 ? 1 : 0,
        order.acceptedMs(),
        order.draft().content().bytes());
  }
}
