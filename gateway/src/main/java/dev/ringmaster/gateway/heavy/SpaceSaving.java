package dev.ringmaster.gateway.heavy;

import java.util.Arrays;

/// Counts the most frequent of a stream of key hashes with a fixed number of counters: Space-Saving
/// (Metwally, Agrawal, El Abbadi: "Efficient computation of frequent and top-k elements in data
/// streams", 2005). A hash without a counter takes over the smallest one and its count, which is
/// then the most by which its own may be too high. So after N hashes and with k counters
///
/// - count - error ≤ true count ≤ count,
/// - every error is at most N/k,
/// - every hash that came more than N/k times has a counter.
///
/// The counters stand in the order of their counts; at first all are 0. One that is increased
/// changes places with the last one of equal count, found by halving, so nothing else moves. The
/// index is open addressing, at most a quarter full. Counting allocates nothing. For one thread.
final class SpaceSaving {
  private static final int MOST_COUNTERS = 4096;
  private static final int SLOTS_A_COUNTER = 4;

  /// Spreads hashes of functions that do not (2⁶⁴ over the golden ratio).
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[] hashes;
  private final int[] counts;
  private final int[] errors;

  /// The counters from the smallest to the largest, and where each of them stands there.
  private final short[] order;

  private final short[] rank;

  /// A counter's number plus one; 0 for none.
  private final short[] index;

  private long total;

  /// Counts nothing yet.
  ///
  /// @param counters k, a power of two up to 4,096
  SpaceSaving(int counters) {
    if (Integer.bitCount(counters) != 1 || counters > MOST_COUNTERS) {
      throw new IllegalArgumentException("not a power of two up to 4096: " + counters);
    }
    hashes = new long[counters];
    counts = new int[counters];
    errors = new int[counters];
    order = new short[counters];
    rank = new short[counters];
    index = new short[SLOTS_A_COUNTER * counters];
    for (short i = 0; i < counters; i++) {
      order[i] = i;
      rank[i] = i;
    }
  }

  /// Counts a hash; at most 2³¹-1 of them before the next [#clear].
  void count(long hash) {
    total++;
    int counter = index[slot(hash)] - 1;
    if (counter < 0) {
      counter = takeOver(hash);
    }
    increase(counter);
  }

  /// The place of a hash in the index, or the free one where it would stand.
  private int slot(long hash) {
    int mask = index.length - 1;
    int slot = home(hash);
    while (index[slot] != 0 && hashes[index[slot] - 1] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int home(long hash) {
    return (int) ((hash * SPREAD) >>> Integer.SIZE) & (index.length - 1);
  }

  private int takeOver(long hash) {
    int counter = order[0];
    if (counts[counter] > 0) {
      forget(slot(hashes[counter]));
    }
    errors[counter] = counts[counter];
    hashes[counter] = hash;
    index[slot(hash)] = (short) (counter + 1);
    return counter;
  }

  /// Frees a place of the index and moves those up that stand behind it only because it was taken.
  private void forget(int slot) {
    int mask = index.length - 1;
    int free = slot;
    for (int at = (free + 1) & mask; index[at] != 0; at = (at + 1) & mask) {
      int home = home(hashes[index[at] - 1]);
      if (((at - home) & mask) >= ((at - free) & mask)) {
        index[free] = index[at];
        free = at;
      }
    }
    index[free] = 0;
  }

  private void increase(int counter) {
    short here = rank[counter];
    short last = lastOf(counts[counter], here);
    short other = order[last];
    order[here] = other;
    rank[other] = here;
    order[last] = (short) counter;
    rank[counter] = last;
    counts[counter]++;
  }

  /// The last place in the order with that count.
  private short lastOf(int count, int from) {
    int low = from;
    int high = order.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (counts[order[middle]] == count) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return (short) low;
  }

  /// What was counted.
  Summary summary() {
    return new Summary(total, hashes, counts, errors);
  }

  /// Forgets all.
  void clear() {
    total = 0;
    Arrays.fill(counts, 0);
    Arrays.fill(index, (short) 0);
  }
}
