package dev.ringmaster.ring;

/// The circle of points of the schemes `ring` and `ketama`: a key belongs to the first point at or
/// after its own place, clockwise, and goes on from seat to seat in that direction.
final class CircleTable implements Table {
  private final Scheme scheme;
  private final Roster roster;
  private final Circle circle;
  private final int shift;

  /// @param shift how far left a key hash is moved to its place among the 64-bit points
  CircleTable(Scheme scheme, Roster roster, Circle circle, int shift) {
    this.scheme = scheme;
    this.roster = roster;
    this.circle = circle;
    this.shift = shift;
  }

  @Override
  public Scheme scheme() {
    return scheme;
  }

  @Override
  public Roster roster() {
    return roster;
  }

  @Override
  public int owner(long hash) {
    return roster.live() == 0 ? NONE : circle.seat(circle.ceiling(hash << shift));
  }

  @Override
  public int candidates(long hash, int[] into) {
    int wanted = Math.min(into.length, roster.live());
    if (wanted == 0) {
      return 0;
    }
    int index = circle.ceiling(hash << shift);
    int found = 0;
    for (int step = 0; step < circle.size() && found < wanted; step++) {
      found = Candidates.add(into, found, circle.seat(index));
      index = index + 1 == circle.size() ? 0 : index + 1;
    }
    return found;
  }

  @Override
  public long fingerprint() {
    return Fingerprint.ofLabels(scheme, roster);
  }
}
