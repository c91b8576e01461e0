package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.store.Entry;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The entries of a log that their producers delayed and that are due next. Those that are due
/// later than these stay in the store and are looked for when the horizon comes.
final class Delays {
  /// Entries held. One costs about 100 bytes; a look through the log finds the next so many.
  static final int MOST = 1024;

  private static final long NONE = Long.MAX_VALUE;

  private final TreeSet<Entry> next =
      new TreeSet<>(Comparator.comparingLong(Entry::notBeforeMs).thenComparingLong(Entry::seq));
  private long horizonMs = NONE;

  /// Takes one in. The same one twice is one.
  void offer(Entry entry) {
    if (entry.notBeforeMs() >= horizonMs) {
      return;
    }
    next.add(entry);
    if (next.size() > MOST) {
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
  long nextMs() {
    return next.isEmpty() ? horizonMs : Math.min(horizonMs, next.first().notBeforeMs());
  }

  /// Forgets entries of some slots; how many.
  int removeSlots(IntPredicate slots) {
    int before = next.size();
    next.removeIf(entry -> slots.test(entry.slot()));
    return before - next.size();
  }

  void clear() {
    next.clear();
    horizonMs = NONE;
  }
}
