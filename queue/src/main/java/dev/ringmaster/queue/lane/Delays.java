package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.store.Entry;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The entries of a log that their producers delayed and that are due next. Those that are due
/// later than these stay in the store and are looked for when the horizon comes.
final class Delays {
  private static final long NONE = Long.MAX_VALUE;

  private final TreeSet<Entry> next =
      new TreeSet<>(Comparator.comparingLong(Entry::notBeforeMs).thenComparingLong(Entry::seq));
  private final int most;
  private long horizonMs = NONE;

  /// @param most entries held; a look through the log finds the next so many
  Delays(int most) {
    this.most = most;
  }

  /// Takes one in. The same one twice is one.
  void offer(Entry entry) {
    if (entry.notBeforeMs() >= horizonMs) {
      return;
    }
    next.add(entry);
    if (next.size() > most) {
      horizonMs = next.removeLast().notBeforeMs();
    }
  }

  /// The next one that is due, which leaves; null if none is.
  @Nullable Entry due(long nowMs) {
    return !next.isEmpty() && next.first().notBeforeMs() <= nowMs ? next.removeFirst() : null;
  }

  /// Whether one that is not held may be due.
  boolean mustLook(long nowMs) {
    return horizonMs <= nowMs;
  }

  /// A look through the whole log begins: all that it finds is offered.
  void look() {
    horizonMs = NONE;
  }

  /// When something is due next, in Unix milliseconds; [Long#MAX_VALUE] for never.
  ///
  /// @param nowMs a horizon before it has been seen, and a look is under way or waits for its turn
  long nextMs(long nowMs) {
    long horizon = horizonMs <= nowMs ? NONE : horizonMs;
    return next.isEmpty() ? horizon : Math.min(horizon, next.first().notBeforeMs());
  }

  /// It is held elsewhere.
  void remove(Entry entry) {
    next.remove(entry);
  }

  void clear() {
    next.clear();
    horizonMs = NONE;
  }
}
