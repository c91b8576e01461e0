package dev.ringmaster.ring;

import java.util.random.RandomGenerator;

/// How many sampled keys change their owner from one table to another.
///
/// @param keys how many were sampled
/// @param moved how many have another owner
/// @param needless how many of those moved although neither their old owner lost weight nor their
///   new one gained any; the best schemes have none
public record Movement(int keys, int moved, int needless) {

  /// The movement of uniformly random keys. Seats are the same if their numbers are.
  public static Movement between(Table before, Table after, int keys, RandomGenerator random) {
    int moved = 0;
    int needless = 0;
    for (int i = 0; i < keys; i++) {
      long hash = random.nextLong();
      int old = before.owner(hash);
      int now = after.owner(hash);
      if (old != now) {
        moved++;
        needless += lost(old, before, after) || lost(now, after, before) ? 0 : 1;
      }
    }
    return new Movement(keys, moved, needless);
  }

  /// The share of the keys that moved, 0 to 1.
  public double movedShare() {
    return keys == 0 ? 0 : (double) moved / keys;
  }

  /// The share of the keys that moved needlessly, 0 to 1.
  public double needlessShare() {
    return keys == 0 ? 0 : (double) needless / keys;
  }

  private static boolean lost(int seat, Table before, Table after) {
    return seat != Table.NONE && weight(after, seat) < weight(before, seat);
  }

  private static int weight(Table table, int seat) {
    Roster roster = table.roster();
    return seat < roster.size() ? roster.weight(seat) : 0;
  }
}
