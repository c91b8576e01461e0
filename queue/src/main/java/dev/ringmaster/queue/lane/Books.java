package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.Totals;

/// What is counted of a log, never found by counting rows.
final class Books {
  private static final long NEVER = Long.MAX_VALUE;

  final HotLanes hot = new HotLanes();
  long depth;
  long bytes;
  long dead;

  /// Messages that their producers delayed, as far as they have been seen; held ones included.
  long delayed;

  private final long oldestAtFirstMs;
  private long oldestBlockedMs = NEVER;

  Books(Totals totals) {
    depth = totals.messages();
    bytes = totals.bytes();
    dead = totals.dead();
    oldestAtFirstMs = totals.oldestMs();
  }

  /// Others have changed the log too.
  void replace(Totals totals) {
    depth = totals.messages();
    bytes = totals.bytes();
    dead = totals.dead();
  }

  void came(Entry entry) {
    depth++;
    bytes += entry.bytes();
    hot.more(entry.lane());
  }

  void left(Entry entry) {
    depth--;
    lessDelayed(entry);
    hot.less(entry.lane());
  }

  void add(long messages, long theirBytes, long theirDead) {
    depth += messages;
    bytes += theirBytes;
    dead += theirDead;
  }

  void moreDelayed(Entry entry) {
    delayed += entry.delayed() ? 1 : 0;
  }

  void lessDelayed(Entry entry) {
    delayed -= entry.delayed() ? 1 : 0;
  }

  /// A message waits behind a dead one.
  void blocked(Entry entry) {
    oldestBlockedMs = Math.min(oldestBlockedMs, entry.acceptedMs());
  }

  void noneBlocked() {
    oldestBlockedMs = NEVER;
  }

  /// When the oldest that is not delayed was accepted; 0 for none.
  ///
  /// @param pool the lanes whose heads are known
  long oldestMs(Pool pool) {
    long oldest = oldestBlockedMs;
    for (Lane lane : pool.all()) {
      Entry head = lane.peek();
      oldest = head == null ? oldest : Math.min(oldest, head.acceptedMs());
    }
    if (depth <= delayed - pool.heldDelayed()) {
      return 0;
    }
    return oldest == NEVER ? oldestAtFirstMs : oldest;
  }
}
