package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.message.SlotTable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a producer must know of a queue.
///
/// @param number in the store
/// @param shards those that have slots, ascending
/// @param shardSlots the slots of each, in the same order
/// @param subscriptions who gets a message
/// @param main the number of the main subscription; -1 if there is none
@SuppressWarnings("ArrayRecordComponent") // looked up for each message, never compared
record Standing(
    int number,
    QueueTerms terms,
    SlotTable slots,
    int[] shards,
    int[][] shardSlots,
    List<Integer> subscriptions,
    int main) {

  /// @param before what was known before; null for nothing
  static Standing of(Floor floor, int main, @Nullable Standing before) {
    SlotTable slots = floor.slots;
    if (before != null && before.slots.equals(slots)) {
      return new Standing(
          floor.number,
          floor.terms,
          slots,
          before.shards,
          before.shardSlots,
          List.copyOf(floor.subscriptions()),
          main);
    }
    int[] shards = slots.shards().stream().mapToInt(Integer::intValue).toArray();
    int[][] shardSlots = new int[shards.length][];
    Arrays.setAll(shardSlots, i -> slots.slots(shards[i]));
    return new Standing(
        floor.number,
        floor.terms,
        slots,
        shards,
        shardSlots,
        List.copyOf(floor.subscriptions()),
        main);
  }

  boolean hasShard(int shard) {
    return Arrays.binarySearch(shards, shard) >= 0;
  }

  int[] slotsOf(int shard) {
    return shardSlots[Arrays.binarySearch(shards, shard)];
  }
}
