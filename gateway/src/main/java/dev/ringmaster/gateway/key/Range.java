package dev.ringmaster.gateway.key;

/// A range of bytes as one word, `from << 32 | to`, so that finding one allocates nothing.
final class Range {
  /// No range at all.
  static final long ABSENT = -1;

  /// A range of no bytes.
  static final long EMPTY = 0;

  private Range() {}

  static long of(int from, int to) {
    return (long) from << Integer.SIZE | to;
  }

  static long nonEmpty(int from, int to) {
    return from < to ? of(from, to) : ABSENT;
  }

  static int from(long range) {
    return (int) (range >>> Integer.SIZE);
  }

  static int to(long range) {
    return (int) range;
  }
}
