package dev.ringmaster.fleet;

import dev.ringmaster.fleet.FleetStats.TableChange;
import dev.ringmaster.ring.Mix;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Table;

/// Measures what a change of the table moved.
final class Movement {
  /// Hashes asked of both tables: the share is exact to about 1.5 % (two sigma at one half).
  static final int SAMPLE = 4096;

  private Movement() {}

  static TableChange between(Table before, Table after) {
    int moved = 0;
    for (int i = 0; i < SAMPLE; i++) {
      long hash = Mix.mix(i + Mix.G);
      if (before.owner(hash) != after.owner(hash)) {
        moved++;
      }
    }
    Roster next = after.roster();
    return new TableChange(
        next.version(), seatsChanged(before.roster(), next), (double) moved / SAMPLE);
  }

  private static int seatsChanged(Roster before, Roster after) {
    int changed = 0;
    for (int seat = 0; seat < after.size(); seat++) {
      if (seat >= before.size() || before.weight(seat) != after.weight(seat)) {
        changed++;
      }
    }
    return changed;
  }
}
