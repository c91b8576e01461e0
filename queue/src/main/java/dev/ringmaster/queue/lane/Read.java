package dev.ringmaster.queue.lane;

import java.util.function.LongPredicate;

/// Entries that a log's lanes need from the store.
///
/// @param kind what for
/// @param afterSeq behind which seq
/// @param lanes of which lanes
/// @param most at most so many
/// @param knownTo the greatest seq that had been heard of: one that is not found up to there is not
///   there
public record Read(Kind kind, long afterSeq, LongPredicate lanes, int most, long knownTo) {

  /// What entries are read for.
  public enum Kind {
    /// Those that have never been seen, in order.
    ONWARD,
    /// Those that lanes had no room for when they were seen.
    AGAIN,
    /// Those that were delayed by their producers and are due next.
    DELAYED
  }
}
