package dev.ringmaster.fleet;

import java.util.ArrayList;
import java.util.List;

/// The supervisor's counts; see [FleetStats].
record Tally(long restarts, long kills, long startsFailed, long heals, List<Long> recentHealsNs) {
  static final Tally NONE = new Tally(0, 0, 0, 0, List.of());

  Tally restarted() {
    return new Tally(restarts + 1, kills, startsFailed, heals, recentHealsNs);
  }

  Tally killed() {
    return new Tally(restarts, kills + 1, startsFailed, heals, recentHealsNs);
  }

  Tally startFailed() {
    return new Tally(restarts, kills, startsFailed + 1, heals, recentHealsNs);
  }

  Tally healed(long ns) {
    List<Long> recent = new ArrayList<>(recentHealsNs);
    if (recent.size() == FleetStats.RECENT_HEALS) {
      recent.removeFirst();
    }
    recent.add(ns);
    return new Tally(restarts, kills, startsFailed, heals + 1, List.copyOf(recent));
  }
}
