package dev.ringmaster.fleet;

import dev.ringmaster.fleet.FleetStats.Ejections;
import java.util.ArrayList;
import java.util.List;

/// The supervisor's counts; see [FleetStats].
record Tally(
    long restarts,
    long kills,
    long startsFailed,
    Ejections ejections,
    long heals,
    List<Long> recentHealsNs) {
  static final Tally NONE = new Tally(0, 0, 0, Ejections.NONE, 0, List.of());

  Tally restarted() {
    return new Tally(restarts + 1, kills, startsFailed, ejections, heals, recentHealsNs);
  }

  Tally killed() {
    return new Tally(restarts, kills + 1, startsFailed, ejections, heals, recentHealsNs);
  }

  Tally startFailed() {
    return new Tally(restarts, kills, startsFailed + 1, ejections, heals, recentHealsNs);
  }

  Tally with(Ejections other) {
    return new Tally(restarts, kills, startsFailed, other, heals, recentHealsNs);
  }

  Tally healed(long ns) {
    List<Long> recent = new ArrayList<>(recentHealsNs);
    if (recent.size() == FleetStats.RECENT_HEALS) {
      recent.removeFirst();
    }
    recent.add(ns);
    return new Tally(restarts, kills, startsFailed, ejections, heals + 1, List.copyOf(recent));
  }
}
