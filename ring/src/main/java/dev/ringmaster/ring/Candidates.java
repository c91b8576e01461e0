package dev.ringmaster.ring;

/// The list of distinct seats that a lookup fills in, kept in the caller's array.
final class Candidates {
  private Candidates() {}

  /// Appends `seat` to the first `found` entries unless it is among them; answers how many there
  /// are now.
  static int add(int[] into, int found, int seat) {
    for (int i = 0; i < found; i++) {
      if (into[i] == seat) {
        return found;
      }
    }
    into[found] = seat;
    return found + 1;
  }
}
