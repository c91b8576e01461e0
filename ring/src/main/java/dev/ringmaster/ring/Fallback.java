package dev.ringmaster.ring;

/// All live seats in an order of the key's own: rendezvous hashing with `mix(start ^ mix(s + 1))`,
/// the lowest unsigned rank first. It ends a probe sequence that met too few live seats.
///
/// A step costs one pass over the live seats. Where less than half of the seats live, and the pass
/// is therefore likely to be needed, their numbers are kept in a list of their own.
final class Fallback {
  private final char[] weights;
  private final int[] living;

  Fallback(Roster roster) {
    this.weights = roster.weights();
    this.living = roster.live() * 2 < roster.size() ? roster.liveSeats() : new int[0];
  }

  /// The live seat that follows `seat` in the order, the first of all if it is NONE; NONE after the
  /// last.
  int after(long start, int seat) {
    long floor = seat == Table.NONE ? Long.MIN_VALUE : rank(start, seat);
    return living.length > 0 ? amongListed(start, seat, floor) : amongAll(start, seat, floor);
  }

  private int amongListed(long start, int seat, long floor) {
    int best = Table.NONE;
    long bestRank = Long.MAX_VALUE;
    for (int s : living) {
      long rank = rank(start, s);
      if (rank >= floor && rank <= bestRank && s != seat) {
        best = s;
        bestRank = rank;
      }
    }
    return best;
  }

  private int amongAll(long start, int seat, long floor) {
    int best = Table.NONE;
    long bestRank = Long.MAX_VALUE;
    for (int s = 0; s < weights.length; s++) {
      long rank = rank(start, s);
      if (weights[s] > 0 && rank >= floor && rank <= bestRank && s != seat) {
        best = s;
        bestRank = rank;
      }
    }
    return best;
  }

  /// Distinct for distinct seats, since both steps are bijections. Ranks compare as unsigned words;
  /// the sign bit is flipped for the signed comparison.
  private static long rank(long start, int seat) {
    return Mix.mix(start ^ Mix.mix(seat + 1L)) ^ Long.MIN_VALUE;
  }
}
