package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.message.Slots;
import dev.ringmaster.queue.store.StoredQueue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/// Moves slots to other shards, within the transaction of the writing connection.
final class Moves {
  private final Prepared moveEntries;
  private final Prepared moveDead;

  Moves(Connection connection) throws SQLException {
    moveEntries =
        new Prepared(
            connection,
            """
            UPDATE entry SET shard = ? WHERE subscription = ? AND shard = ?
            AND slot IN (SELECT value FROM json_each(?))\
            """);
    moveDead =
        new Prepared(
            connection,
            """
            UPDATE dead SET shard = ? WHERE subscription = ? AND shard = ?
            AND slot IN (SELECT value FROM json_each(?))\
            """);
  }

  /// Moves what the slots hold that have another shard now.
  void move(StoredQueue queue, SlotTable after) throws SQLException {
    for (Map.Entry<Turn, StringJoiner> one : turns(queue.slots(), after).entrySet()) {
      for (int subscription : queue.subscriptions().values()) {
        Turn turn = one.getKey();
        String slots = one.getValue().toString();
        moveEntries.run(turn.into, subscription, turn.from, slots);
        moveDead.run(turn.into, subscription, turn.from, slots);
      }
    }
  }

  /// The slots that go from one shard into another, as JSON arrays.
  private static Map<Turn, StringJoiner> turns(SlotTable before, SlotTable after) {
    Map<Turn, StringJoiner> turns = new LinkedHashMap<>();
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      Turn turn = new Turn(before.shard(slot), after.shard(slot));
      if (turn.from != turn.into) {
        turns
            .computeIfAbsent(turn, unseen -> new StringJoiner(",", "[", "]"))
            .add(Integer.toString(slot));
      }
    }
    return turns;
  }

  private record Turn(int from, int into) {}
}
