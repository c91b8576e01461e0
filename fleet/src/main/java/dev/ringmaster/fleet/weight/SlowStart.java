package dev.ringmaster.fleet.weight;

/// How a seat's weight grows while its replica warms up: in tenths, one after another, from the
/// first to the whole. A seat's keys come home in ten portions, each key once.
public final class SlowStart {
  /// More would make more tables without making a portion that matters smaller.
  private static final int STEPS = 10;

  private SlowStart() {}

  /// The part of its weight that a seat has, 0.1 to 1.
  ///
  /// @param ageNs since it began
  /// @param lengthNs how long it takes; 0 for no slow start
  public static double warmth(long ageNs, long lengthNs) {
    return ageNs >= lengthNs ? 1 : (double) Math.max(1, step(ageNs, lengthNs)) / STEPS;
  }

  /// The age at which [#warmth] changes next, above `ageNs`; `lengthNs` at most.
  public static long nextStepNs(long ageNs, long lengthNs) {
    long next = Math.max(1, step(ageNs, lengthNs)) + 1;
    return Math.min(lengthNs, Math.ceilDiv(next * lengthNs, STEPS));
  }

  private static long step(long ageNs, long lengthNs) {
    return ageNs * STEPS / lengthNs;
  }
}
