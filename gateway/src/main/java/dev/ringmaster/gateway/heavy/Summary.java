package dev.ringmaster.gateway.heavy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What [SpaceSaving] counted, unchangeable from here on.
final class Summary {
  private final long total;
  private final long[] hashes;
  private final int[] counts;
  private final int[] errors;

  /// A hash with its count.
  ///
  /// @param count at most this often it came
  /// @param error the most by which that is too high
  record Counted(long hash, long count, long error) {
    /// How often it came at least.
    long sure() {
      return count - error;
    }

    private Counted plus(long more, long moreError) {
      return new Counted(hash, count + more, error + moreError);
    }
  }

  /// A copy of the counters.
  ///
  /// @param total how many hashes were counted
  Summary(long total, long[] hashes, int[] counts, int[] errors) {
    this.total = total;
    this.hashes = hashes.clone();
    this.counts = counts.clone();
    this.errors = errors.clone();
  }

  /// How many hashes were counted.
  long total() {
    return total;
  }

  /// The sum of several summaries (Agarwal and others: "Mergeable summaries", 2012): a hash that
  /// one of them does not have may have come there as often as its smallest counter says. The
  /// bounds hold for the sum too: every error is at most N/k over all of them.
  ///
  /// @return every hash that is in one of them
  static Map<Long, Counted> merged(List<Summary> summaries) {
    long unseen = 0;
    for (Summary summary : summaries) {
      unseen += summary.unseen();
    }
    Map<Long, Counted> sum = new HashMap<>();
    for (Summary summary : summaries) {
      summary.addTo(sum, unseen);
    }
    return sum;
  }

  private void addTo(Map<Long, Counted> sum, long unseenInAll) {
    long unseen = unseen();
    for (int i = 0; i < hashes.length; i++) {
      if (counts[i] > 0) {
        long hash = hashes[i];
        Counted before = sum.getOrDefault(hash, new Counted(hash, unseenInAll, unseenInAll));
        sum.put(hash, before.plus(counts[i] - unseen, errors[i] - unseen));
      }
    }
  }

  /// How often a hash that has no counter may have come.
  private long unseen() {
    long least = Integer.MAX_VALUE;
    for (int count : counts) {
      least = Math.min(least, count);
    }
    return least;
  }
}
