package dev.ringmaster.ring;

/// The points of the scheme `ring`: each seat draws its points from a SplitMix64 stream seeded with
/// the XXH3 of its label, and takes the first of them in proportion to its weight.
///
/// The number is fixed a seat, not a share of a total: what one seat does moves no other's points.
final class RingPoints {
  private RingPoints() {}

  static Circle circle(Roster roster, int pointsPerFullSeat) {
    int total = 0;
    for (int seat = 0; seat < roster.size(); seat++) {
      total = Math.addExact(total, count(roster.weight(seat), pointsPerFullSeat));
    }
    long[] entries = new long[total];
    int next = 0;
    for (int seat = 0; seat < roster.size(); seat++) {
      long seed = Fingerprint.textHash(roster.label(seat));
      int count = count(roster.weight(seat), pointsPerFullSeat);
      for (int j = 1; j <= count; j++) {
        entries[next++] = Circle.entry(Mix.mix(seed + j * Mix.G), seat);
      }
    }
    return Circle.of(entries);
  }

  /// How many of `whole` points a seat of some weight gets: its share rounded down, at least one
  /// while it lives.
  static int count(int weight, int whole) {
    return weight == 0 ? 0 : Math.max(1, (int) ((long) whole * weight / Roster.FULL));
  }
}
