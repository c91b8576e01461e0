package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.message.Slots;
import dev.ringmaster.queue.store.Catalog;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.Packed;
import dev.ringmaster.queue.store.StoredQueue;
import dev.ringmaster.queue.store.TermsText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Changes of the queues themselves, each noted in `meta`, so that every process reads them anew.
final class Queues {
  private final Transaction transaction;
  private final Sql sql;

  Queues(Transaction transaction) {
    this.transaction = transaction;
    sql = transaction.sql();
  }

  /// All queues, and how often queues have been changed.
  static Known load(Sql sql) throws SQLException {
    long version = sql.only("SELECT value FROM meta WHERE name = 'catalog'", row -> row.getLong(1));
    Map<Integer, Map<String, Integer>> subscriptions = new LinkedHashMap<>();
    sql.all(
        "SELECT queue, name, number FROM subscription ORDER BY number",
        row ->
            subscriptions
                .computeIfAbsent(row.getInt(1), unseen -> new LinkedHashMap<>())
                .put(row.getString(2), row.getInt(3)));
    List<StoredQueue> queues =
        sql.all(
            "SELECT number, terms, slots, paused FROM queue ORDER BY number",
            row ->
                new StoredQueue(
                    row.getInt(1),
                    TermsText.read(row.getString(2)),
                    Packed.slots(row.getBytes(3)),
                    row.getBoolean(4),
                    subscriptions.getOrDefault(row.getInt(1), Map.of())));
    return new Known(version, new Catalog(queues));
  }

  /// @param version of `meta`
  record Known(long version, Catalog catalog) {}

  Effect put(QueueTerms terms) throws SQLException {
    StoredQueue there = transaction.catalog().queue(terms.name());
    String text = TermsText.write(terms);
    if (there != null) {
      sql.run("UPDATE queue SET terms = ? WHERE number = ?", text, there.number());
      return changed(
          new StoredQueue(
              there.number(), terms, there.slots(), there.paused(), there.subscriptions()),
          new Effect.Numbered(there.number()));
    }
    int number = nextNumber();
    SlotTable slots = SlotTable.equal(terms.shards());
    sql.run(
        "INSERT INTO queue VALUES (?, ?, ?, ?, false)",
        number,
        terms.name(),
        text,
        Packed.slots(slots));
    return changed(
        new StoredQueue(number, terms, slots, false, Map.of()), new Effect.Numbered(number));
  }

  Effect drop(StoredQueue queue) throws SQLException {
    for (int subscription : queue.subscriptions().values()) {
      forget(subscription);
    }
    sql.run("DELETE FROM shard WHERE queue = ?", queue.number());
    sql.run("DELETE FROM queue WHERE number = ?", queue.number());
    transaction.changed(transaction.catalog().without(queue.number()));
    return new Effect.Done();
  }

  Effect putSubscription(StoredQueue queue, String name) throws SQLException {
    Integer there = queue.subscriptions().get(name);
    if (there != null) {
      return new Effect.Numbered(there);
    }
    int number = nextNumber();
    sql.run("INSERT INTO subscription VALUES (?, ?, ?)", number, queue.number(), name);
    Map<String, Integer> subscriptions = new LinkedHashMap<>(queue.subscriptions());
    subscriptions.put(name, number);
    return changed(with(queue, subscriptions), new Effect.Numbered(number));
  }

  Effect dropSubscription(StoredQueue queue, int subscription) throws SQLException {
    Map<String, Integer> subscriptions = new LinkedHashMap<>(queue.subscriptions());
    if (!subscriptions.values().remove(subscription)) {
      return new Effect.Gone();
    }
    forget(subscription);
    return changed(with(queue, subscriptions), new Effect.Done());
  }

  Effect pause(StoredQueue queue, boolean paused) throws SQLException {
    sql.run("UPDATE queue SET paused = ? WHERE number = ?", paused, queue.number());
    return changed(
        new StoredQueue(
            queue.number(), queue.terms(), queue.slots(), paused, queue.subscriptions()),
        new Effect.Done());
  }

  Effect move(StoredQueue queue, Order.Move order) throws SQLException {
    boolean owned =
        order.epochs().entrySet().stream()
            .allMatch(one -> transaction.holds(queue.number(), one.getKey(), one.getValue()));
    if (!owned || !queue.slots().equals(order.before())) {
      return new Effect.Fenced();
    }
    sql.run(
        "UPDATE queue SET slots = ? WHERE number = ?", Packed.slots(order.after()), queue.number());
    for (Map.Entry<Turn, List<Integer>> one : turns(order.before(), order.after()).entrySet()) {
      for (int subscription : queue.subscriptions().values()) {
        move("entry", one.getKey(), subscription, one.getValue());
        move("dead", one.getKey(), subscription, one.getValue());
      }
    }
    return changed(
        new StoredQueue(
            queue.number(), queue.terms(), order.after(), queue.paused(), queue.subscriptions()),
        new Effect.Done());
  }

  private void move(String table, Turn turn, int subscription, List<Integer> slots)
      throws SQLException {
    sql.run(
        "UPDATE %s SET shard = ? WHERE subscription = ? AND shard = ? AND slot = ANY (?)"
            .formatted(table),
        turn.into,
        subscription,
        turn.from,
        Contents.ints(slots));
  }

  private static Map<Turn, List<Integer>> turns(SlotTable before, SlotTable after) {
    Map<Turn, List<Integer>> turns = new LinkedHashMap<>();
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      Turn turn = new Turn(before.shard(slot), after.shard(slot));
      if (turn.from != turn.into) {
        turns.computeIfAbsent(turn, unseen -> new ArrayList<>()).add(slot);
      }
    }
    return turns;
  }

  private void forget(int subscription) throws SQLException {
    sql.run("DELETE FROM subscription WHERE number = ?", subscription);
    sql.run("INSERT INTO dropped VALUES (?)", subscription);
  }

  private int nextNumber() throws SQLException {
    return sql.only("SELECT nextval('number')", row -> row.getInt(1));
  }

  private Effect changed(StoredQueue queue, Effect effect) throws SQLException {
    transaction.changed(transaction.catalog().with(queue));
    return effect;
  }

  private static StoredQueue with(StoredQueue queue, Map<String, Integer> subscriptions) {
    return new StoredQueue(
        queue.number(), queue.terms(), queue.slots(), queue.paused(), subscriptions);
  }

  private record Turn(int from, int into) {}
}
