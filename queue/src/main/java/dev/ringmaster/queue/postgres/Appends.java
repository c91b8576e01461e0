package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoredQueue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Adds messages, many in one statement.
final class Appends {
  private final Transaction transaction;
  private final Sql sql;
  private final List<@Nullable Object[]> entries = new ArrayList<>();
  private final List<@Nullable Object[]> contents = new ArrayList<>();
  private final List<@Nullable Object[]> shared = new ArrayList<>();

  Appends(Transaction transaction) {
    this.transaction = transaction;
    sql = transaction.sql();
  }

  /// Orders of which no two have the same deduplication id.
  void carryOut(List<Asked<Order.Append>> orders) throws SQLException {
    Map<Name, Effect> known = known(orders);
    for (Asked<Order.Append> one : orders) {
      StoredQueue queue = transaction.catalog().queue(one.order().queue());
      transaction.effect(one.at(), queue == null ? new Effect.Gone() : effect(queue, one, known));
    }
    sql.runAll("INSERT INTO entry VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)", entries);
    sql.runAll("INSERT INTO content VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", contents);
    sql.runAll("INSERT INTO shared VALUES (?, ?)", shared);
  }

  private Effect effect(StoredQueue queue, Asked<Order.Append> one, Map<Name, Effect> known) {
    Name name = Name.of(one.order());
    Effect repeats = name == null ? null : known.get(name);
    return repeats == null ? add(queue, one) : repeats;
  }

  private Effect add(StoredQueue queue, Asked<Order.Append> one) {
    Order.Append order = one.order();
    int shard = queue.slots().shard(order.slot());
    long seq = transaction.seq(one.at());
    long notBeforeMs = order.draft().notBeforeMs();
    Content content = order.draft().content();
    int count = 0;
    for (int subscription : order.subscriptions()) {
      if (queue.subscriptions().containsValue(subscription)) {
        entries.add(
            new @Nullable Object[] {
              subscription,
              shard,
              seq,
              order.lane(),
              order.slot(),
              notBeforeMs,
              notBeforeMs != 0,
              order.acceptedMs(),
              content.bytes()
            });
        count++;
      }
    }
    if (count > 0) {
      contents.add(content(order, seq));
    }
    if (count > 1) {
      shared.add(new @Nullable Object[] {seq, count});
    }
    return new Effect.Appended(seq, shard);
  }

  private static @Nullable Object[] content(Order.Append order, long seq) {
    return new @Nullable Object[] {
      seq,
      uuid(order.id()),
      order.lane(),
      order.slot(),
      order.acceptedMs(),
      order.draft().callback(),
      order.draft().key(),
      order.draft().content().head(),
      order.draft().content().body()
    };
  }

  /// Keeps the new deduplication ids; those that were known have the effect of a repetition. The
  /// ids are kept in one order by everyone, so that no two wait for each other.
  private Map<Name, Effect> known(List<Asked<Order.Append>> orders) throws SQLException {
    List<Order.Append> named =
        orders.stream()
            .map(Asked::order)
            .filter(order -> transaction.catalog().queue(order.queue()) != null)
            .filter(order -> Name.of(order) != null)
            .toList();
    if (named.isEmpty()) {
      return Map.of();
    }
    Set<Name> fresh = new HashSet<>(keep(named));
    Map<Name, Effect> known = new HashMap<>();
    for (First first : first(named)) {
      StoredQueue queue = transaction.catalog().queue(first.name.queue);
      if (queue != null && !fresh.contains(first.name)) {
        known.put(first.name, new Effect.Repeats(first.id, queue.slots().shard(first.slot)));
      }
    }
    return known;
  }

  private List<First> first(List<Order.Append> named) throws SQLException {
    return sql.all(
        """
        SELECT d.queue, d.name, d.id, d.slot FROM dedup d
        JOIN unnest(?::integer[], ?::text[]) AS o(queue, name) USING (queue, name)\
        """,
        row ->
            new First(
                new Name(row.getInt(1), row.getString(2)),
                id(row.getObject(3, UUID.class)),
                row.getInt(4)),
        named.stream().mapToInt(Order.Append::queue).toArray(),
        named.stream().map(order -> order.draft().deduplicationId()).toArray(String[]::new));
  }

  /// Those that were not known.
  private List<Name> keep(List<Order.Append> named) throws SQLException {
    return sql.all(
        """
        INSERT INTO dedup AS d (queue, name, id, slot, since, until)
        SELECT * FROM unnest(?::integer[], ?::text[], ?::text[]::uuid[], ?::integer[],
          ?::bigint[], ?::bigint[]) ORDER BY 1, 2
        ON CONFLICT (queue, name) DO UPDATE SET id = excluded.id, slot = excluded.slot,
          since = excluded.since, until = excluded.until
        WHERE d.until <= excluded.since
        RETURNING d.queue, d.name\
        """,
        row -> new Name(row.getInt(1), row.getString(2)),
        named.stream().mapToInt(Order.Append::queue).toArray(),
        named.stream().map(order -> order.draft().deduplicationId()).toArray(String[]::new),
        named.stream().map(order -> order.id().toString()).toArray(String[]::new),
        named.stream().mapToInt(Order.Append::slot).toArray(),
        named.stream().mapToLong(Order.Append::acceptedMs).toArray(),
        named.stream().mapToLong(one -> one.acceptedMs() + one.deduplicateForMs()).toArray());
  }

  static UUID uuid(MessageId id) {
    return new UUID(id.high(), id.low());
  }

  static MessageId id(UUID uuid) {
    return new MessageId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  /// The message that a producer's id names.
  private record First(Name name, MessageId id, int slot) {}

  /// A producer's id in a queue.
  record Name(int queue, String name) {
    static @Nullable Name of(Order.Append order) {
      String id = order.draft().deduplicationId();
      return id == null ? null : new Name(order.queue(), id);
    }
  }
}
