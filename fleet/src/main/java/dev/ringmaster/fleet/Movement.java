package dev.ringmaster.fleet;

import dev.ringmaster.fleet.FleetStats.TableChange;
import dev.ringmaster.ring.Mix;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Table;
import java.util.concurrent.atomic.AtomicBoolean;

/// Measures what changes of the table move, beside the supervisor's thread. Changes that come
/// faster than they are measured are measured as one.
final class Movement {
  /// Hashes asked of both tables: the share is exact to about 1.6 % (two sigma at one half).
  static final int SAMPLE = 4096;

  private final AtomicBoolean measuring = new AtomicBoolean();
  private volatile Table newest;
  private volatile Table measured;
  private volatile TableChange last = TableChange.NONE;

  Movement(Table table) {
    newest = table;
    measured = table;
  }

  /// The newest change that has been measured.
  TableChange last() {
    return last;
  }

  /// The table is this one now. For the supervisor's thread alone.
  void to(Table table) {
    newest = table;
    if (table != measured && measuring.compareAndSet(false, true)) {
      Thread.ofVirtual().name("movement").start(this::measure);
    }
  }

  private void measure() {
    Table next = newest;
    last = between(measured, next);
    measured = next;
    measuring.set(false);
    to(newest);
  }

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
