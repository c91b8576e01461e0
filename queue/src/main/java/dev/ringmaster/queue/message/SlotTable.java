package dev.ringmaster.queue.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which shard each of a queue's 4096 slots lies in. Immutable; adding shards never re-hashes a
/// key.
///
/// The first table has equal ranges: of S shards, shard i has the slots from ceil(4096·i/S) on. A
/// split gives the upper half of a shard's slots to a new shard; a merge gives all of them to
/// another.
public final class SlotTable {
  /// Shards that a queue has unless told otherwise.
  public static final int DEFAULT_SHARDS = 64;

  private final short[] shards;

  private SlotTable(short[] shards) {
    this.shards = shards;
  }

  /// Equal ranges.
  ///
  /// @param count 1 to 4096
  public static SlotTable equal(int count) {
    if (count < 1 || count > Slots.COUNT) {
      throw new IllegalArgumentException("a queue has 1 to " + Slots.COUNT + " shards");
    }
    short[] shards = new short[Slots.COUNT];
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      shards[slot] = (short) (slot * count / Slots.COUNT);
    }
    return new SlotTable(shards);
  }

  /// From what [#toArray] gave.
  public static SlotTable of(int[] shards) {
    if (shards.length != Slots.COUNT) {
      throw new IllegalArgumentException("not " + Slots.COUNT + " slots: " + shards.length);
    }
    short[] copy = new short[Slots.COUNT];
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      if (shards[slot] < 0 || shards[slot] >= Slots.COUNT) {
        throw new IllegalArgumentException("no shard: " + shards[slot]);
      }
      copy[slot] = (short) shards[slot];
    }
    return new SlotTable(copy);
  }

  /// The shard of each slot.
  public int[] toArray() {
    int[] copy = new int[Slots.COUNT];
    Arrays.setAll(copy, slot -> shards[slot]);
    return copy;
  }

  /// The shard that a slot lies in.
  public int shard(int slot) {
    return shards[slot];
  }

  /// The shards that have slots, in ascending order.
  public List<Integer> shards() {
    boolean[] has = new boolean[Slots.COUNT];
    for (short shard : shards) {
      has[shard] = true;
    }
    List<Integer> list = new ArrayList<>();
    for (int shard = 0; shard < Slots.COUNT; shard++) {
      if (has[shard]) {
        list.add(shard);
      }
    }
    return list;
  }

  /// The slots of a shard, in ascending order; none if there is no such shard.
  public int[] slots(int shard) {
    int[] found = new int[Slots.COUNT];
    int count = 0;
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      if (shards[slot] == shard) {
        found[count++] = slot;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /// The table in which the upper half of a shard's slots belongs to a shard of the lowest free
  /// number.
  ///
  /// @throws IllegalArgumentException if the shard has fewer than two slots
  public SlotTable split(int shard) {
    int[] slots = slots(shard);
    if (slots.length < 2) {
      throw new IllegalArgumentException(
          "shard " + shard + " has " + slots.length + " slot(s), a split needs two");
    }
    int fresh = 0;
    while (slots(fresh).length > 0) {
      fresh++;
    }
    return moved(Arrays.copyOfRange(slots, (slots.length + 1) / 2, slots.length), fresh);
  }

  /// The table in which all slots of one shard belong to another.
  ///
  /// @throws IllegalArgumentException if one of them has no slots, or both are the same
  public SlotTable merge(int from, int into) {
    if (from == into || slots(from).length == 0 || slots(into).length == 0) {
      throw new IllegalArgumentException(
          "shard " + from + " cannot be merged into " + into + ": both must be there, and two");
    }
    return moved(slots(from), into);
  }

  private SlotTable moved(int[] slots, int shard) {
    short[] next = shards.clone();
    for (int slot : slots) {
      next[slot] = (short) shard;
    }
    return new SlotTable(next);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotTable table && Arrays.equals(shards, table.shards);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shards);
  }
}
