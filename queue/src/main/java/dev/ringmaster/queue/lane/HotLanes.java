package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.control.QueueView.HotLane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The lanes of a log with most messages waiting, in bounded memory: SpaceSaving± (Zhao, Agrawal,
/// El Abbadi: SpaceSaving±, VLDB 2022) in its simplest form. A message that comes counts for its
/// lane, which takes over the smallest counter when it has none; one that goes is counted off if
/// its lane has a counter. So a lane with more than a [#COUNTERS]th of what waits is among them.
final class HotLanes {
  /// Counters kept. A log has few lanes that matter; the cost of a message grows with it.
  static final int COUNTERS = 16;

  private final long[] lanes = new long[COUNTERS];
  private final long[] counts = new long[COUNTERS];
  private int used;

  void more(long lane) {
    int at = find(lane);
    if (at < 0 && used < COUNTERS) {
      at = used++;
      lanes[at] = lane;
      counts[at] = 0;
    }
    if (at < 0) {
      at = least();
      lanes[at] = lane;
    }
    counts[at]++;
  }

  void less(long lane) {
    int at = find(lane);
    if (at >= 0 && --counts[at] == 0) {
      forget(at);
    }
  }

  private void forget(int at) {
    used--;
    lanes[at] = lanes[used];
    counts[at] = counts[used];
  }

  void clear() {
    used = 0;
  }

  /// Those with at least two messages, most first.
  List<HotLane> hottest(int most) {
    List<HotLane> found = new ArrayList<>();
    for (int i = 0; i < used; i++) {
      if (counts[i] > 1) {
        found.add(new HotLane(lanes[i], counts[i]));
      }
    }
    found.sort(Comparator.comparingLong(HotLane::depth).reversed());
    return found.subList(0, Math.min(most, found.size()));
  }

  private int find(long lane) {
    for (int i = 0; i < used; i++) {
      if (lanes[i] == lane) {
        return i;
      }
    }
    return -1;
  }

  private int least() {
    int at = 0;
    for (int i = 1; i < used; i++) {
      at = counts[i] < counts[at] ? i : at;
    }
    return at;
  }
}
