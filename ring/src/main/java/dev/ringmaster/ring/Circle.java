package dev.ringmaster.ring;

import java.util.Arrays;

/// Points on a circle of 64-bit places, each with its seat, sorted.
///
/// ```
/// entry   63 ........................ 20 19 ........ 0
///         place (its upper 44 bits)      seat (u20)
/// ```
///
/// Points at one place count once, for the highest seat. A coarse index by the upper bits of the
/// place leaves a few entries to look at, whatever the number of points.
final class Circle {
  private static final int SEAT_BITS = 20;
  private static final long SEAT_MASK = (1L << SEAT_BITS) - 1;

  private final long[] entries;
  private final int[] first;
  private final int indexShift;

  private Circle(long[] entries) {
    this.entries = entries;
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(entries.length));
    this.indexShift = Long.SIZE - bits;
    this.first = new int[1 << bits];
    int entry = 0;
    for (int cell = 0; cell < first.length; cell++) {
      while (entry < entries.length && entries[entry] >>> indexShift < cell) {
        entry++;
      }
      first[cell] = entry;
    }
  }

  /// The circle of the given entries, which it takes over and sorts.
  static Circle of(long[] entries) {
    for (int i = 0; i < entries.length; i++) {
      entries[i] ^= Long.MIN_VALUE;
    }
    Arrays.parallelSort(entries);
    int kept = 0;
    for (int i = 0; i < entries.length; i++) {
      boolean last = i + 1 == entries.length || (entries[i] ^ entries[i + 1]) >>> SEAT_BITS != 0;
      if (last) {
        entries[kept++] = entries[i] ^ Long.MIN_VALUE;
      }
    }
    return new Circle(Arrays.copyOf(entries, kept));
  }

  /// An entry for [#of].
  static long entry(long place, int seat) {
    return (place & ~SEAT_MASK) | seat;
  }

  /// The number of points.
  int size() {
    return entries.length;
  }

  /// The index of the first point at or after a place; the first of all after the last. The circle
  /// must not be empty.
  int ceiling(long place) {
    long from = place & ~SEAT_MASK;
    int index = first[(int) (from >>> indexShift)];
    while (index < entries.length && Long.compareUnsigned(entries[index], from) < 0) {
      index++;
    }
    return index == entries.length ? 0 : index;
  }

  /// The seat of a point.
  int seat(int index) {
    return (int) (entries[index] & SEAT_MASK);
  }

  /// The place of a point, its lower 20 bits zero.
  long place(int index) {
    return entries[index] & ~SEAT_MASK;
  }
}
