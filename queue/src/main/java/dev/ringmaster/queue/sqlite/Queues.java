package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.store.Catalog;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.Packed;
import dev.ringmaster.queue.store.StoredQueue;
import dev.ringmaster.queue.store.TermsText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Changes of the queues themselves, within the transaction of the writing connection, and of the
/// picture of them that is published when it is durable.
final class Queues {
  private final Numbers numbers;
  private final Prepared insertQueue;
  private final Prepared updateTerms;
  private final Prepared updateSlots;
  private final Prepared updatePaused;
  private final Prepared deleteQueue;
  private final Prepared insertSubscription;
  private final Prepared deleteSubscription;
  private final Prepared insertDropped;
  private Catalog catalog;

  Queues(Connection connection, Numbers numbers) throws SQLException {
    this.numbers = numbers;
    catalog = load(connection);
    insertQueue = new Prepared(connection, "INSERT INTO queue VALUES (?, ?, ?, ?, 0)");
    updateTerms = new Prepared(connection, "UPDATE queue SET terms = ? WHERE number = ?");
    updateSlots = new Prepared(connection, "UPDATE queue SET slots = ? WHERE number = ?");
    updatePaused = new Prepared(connection, "UPDATE queue SET paused = ? WHERE number = ?");
    deleteQueue = new Prepared(connection, "DELETE FROM queue WHERE number = ?");
    insertSubscription = new Prepared(connection, "INSERT INTO subscription VALUES (?, ?, ?)");
    deleteSubscription = new Prepared(connection, "DELETE FROM subscription WHERE number = ?");
    insertDropped = new Prepared(connection, "INSERT INTO dropped VALUES (?)");
  }

  private static Catalog load(Connection connection) throws SQLException {
    Map<Integer, Map<String, Integer>> subscriptions = new LinkedHashMap<>();
    new Prepared(connection, "SELECT queue, name, number FROM subscription ORDER BY number")
        .all(row ->
            subscriptions
                .computeIfAbsent(row.getInt(1), unseen -> new LinkedHashMap<>())
                .put(row.getString(2), row.getInt(3)));
    List<StoredQueue> queues =
        new Prepared(connection, "SELECT number, terms, slots, paused FROM queue ORDER BY number")
            .all(row ->
                new StoredQueue(
                    row.getInt(1),
                    TermsText.read(row.getString(2)),
                    Packed.slots(row.getBytes(3)),
                    row.getInt(4) != 0,
                    subscriptions.getOrDefault(row.getInt(1), Map.of())));
    return new Catalog(queues);
  }

  /// The queues as the orders carried out so far have made them.
  Catalog catalog() {
    return catalog;
  }

  /// The transaction has failed: back to what was.
  void revert(Catalog before) {
    catalog = before;
  }

  Effect put(QueueTerms terms) throws SQLException {
    StoredQueue there = catalog.queue(terms.name());
    if (there != null) {
      updateTerms.run(TermsText.write(terms), there.number());
      catalog =
          catalog.with(
              new StoredQueue(
                  there.number(), terms, there.slots(), there.paused(), there.subscriptions()));
      return new Effect.Numbered(there.number());
    }
    int number = numbers.nextNumber();
    SlotTable slots = SlotTable.equal(terms.shards());
    insertQueue.run(number, terms.name(), TermsText.write(terms), Packed.slots(slots));
    catalog = catalog.with(new StoredQueue(number, terms, slots, false, Map.of()));
    return new Effect.Numbered(number);
  }

  Effect drop(StoredQueue queue) throws SQLException {
    for (int subscription : queue.subscriptions().values()) {
      forget(subscription);
    }
    deleteQueue.run(queue.number());
    catalog = catalog.without(queue.number());
    return new Effect.Done();
  }

  Effect putSubscription(StoredQueue queue, String name) throws SQLException {
    Integer there = queue.subscriptions().get(name);
    if (there != null) {
      return new Effect.Numbered(there);
    }
    int number = numbers.nextNumber();
    insertSubscription.run(number, queue.number(), name);
    Map<String, Integer> subscriptions = new LinkedHashMap<>(queue.subscriptions());
    subscriptions.put(name, number);
    replace(queue, subscriptions);
    return new Effect.Numbered(number);
  }

  Effect dropSubscription(StoredQueue queue, int subscription) throws SQLException {
    Map<String, Integer> subscriptions = new LinkedHashMap<>(queue.subscriptions());
    if (!subscriptions.values().remove(subscription)) {
      return new Effect.Gone();
    }
    forget(subscription);
    replace(queue, subscriptions);
    return new Effect.Done();
  }

  Effect pause(StoredQueue queue, boolean paused) throws SQLException {
    updatePaused.run(paused ? 1 : 0, queue.number());
    catalog =
        catalog.with(
            new StoredQueue(
                queue.number(), queue.terms(), queue.slots(), paused, queue.subscriptions()));
    return new Effect.Done();
  }

  void move(Order.Move order, StoredQueue queue) throws SQLException {
    updateSlots.run(Packed.slots(order.after()), queue.number());
    catalog =
        catalog.with(
            new StoredQueue(
                queue.number(),
                queue.terms(),
                order.after(),
                queue.paused(),
                queue.subscriptions()));
  }

  /// Its rows are unreachable from now on, and removed by and by.
  private void forget(int subscription) throws SQLException {
    deleteSubscription.run(subscription);
    insertDropped.run(subscription);
  }

  private void replace(StoredQueue queue, Map<String, Integer> subscriptions) {
    catalog =
        catalog.with(
            new StoredQueue(
                queue.number(), queue.terms(), queue.slots(), queue.paused(), subscriptions));
  }
}
