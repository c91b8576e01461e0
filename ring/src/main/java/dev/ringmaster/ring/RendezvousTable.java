package dev.ringmaster.ring;

/// Rendezvous hashing (Thaler, Ravishankar 1998): every live seat draws a number for the key, and
/// the best draw owns it. Exact in every respect, at the price of one draw a seat and lookup.
///
/// The draw is `r = mix(h ^ XXH3(label))`. With equal weights the highest r wins. Otherwise the
/// lowest `−ln(u) / w` does, u = (r + ½) / 2^64 to 53 bits: the logarithm method of Schindler and
/// Schomaker ("Weighted Distributed Hash Tables", SPAA 2005). `StrictMath.log` gives the same bits
/// on every machine. Both orders agree where weights are equal, so a weight changed from full moves
/// no key needlessly.
final class RendezvousTable implements Table {
  private final Scheme.Rendezvous scheme;
  private final Roster roster;
  private final int[] seats;
  private final long[] seeds;
  private final boolean weighted;

  RendezvousTable(Scheme.Rendezvous scheme, Roster roster) {
    this.scheme = scheme;
    this.roster = roster;
    this.seats = roster.liveSeats();
    this.seeds = new long[seats.length];
    boolean unequal = false;
    for (int i = 0; i < seats.length; i++) {
      seeds[i] = Fingerprint.textHash(roster.label(seats[i]));
      unequal |= roster.weight(seats[i]) != roster.weight(seats[0]);
    }
    this.weighted = unequal;
  }

  @Override
  public Scheme.Rendezvous scheme() {
    return scheme;
  }

  @Override
  public Roster roster() {
    return roster;
  }

  @Override
  public int owner(long hash) {
    int best = weighted ? nextWeighted(hash, NONE) : nextPlain(hash, NONE);
    return best == NONE ? NONE : seats[best];
  }

  @Override
  public int candidates(long hash, int[] into) {
    int wanted = Math.min(into.length, seats.length);
    int last = NONE;
    for (int found = 0; found < wanted; found++) {
      last = weighted ? nextWeighted(hash, last) : nextPlain(hash, last);
      into[found] = seats[last];
    }
    return wanted;
  }

  @Override
  public long fingerprint() {
    return Fingerprint.ofLabels(scheme, roster);
  }

  /// The index that follows `last` in the order of draws, highest first; the first if it is NONE.
  private int nextPlain(long hash, int last) {
    long ceiling = last == NONE ? 0 : draw(hash, last);
    int best = NONE;
    long bestDraw = 0;
    for (int i = 0; i < seats.length; i++) {
      long draw = draw(hash, i);
      if (last != NONE && !before(ceiling, last, draw, i)) {
        continue;
      }
      if (best == NONE || before(draw, i, bestDraw, best)) {
        best = i;
        bestDraw = draw;
      }
    }
    return best;
  }

  /// The same by the lowest cost; equal costs, which rounding makes, go by the draw.
  private int nextWeighted(long hash, int last) {
    long ceiling = last == NONE ? 0 : draw(hash, last);
    double floor = last == NONE ? 0 : cost(ceiling, last);
    int best = NONE;
    long bestDraw = 0;
    double bestCost = 0;
    for (int i = 0; i < seats.length; i++) {
      long draw = draw(hash, i);
      double cost = cost(draw, i);
      boolean later =
          last == NONE || floor < cost || (floor == cost && before(ceiling, last, draw, i));
      boolean better =
          best == NONE || cost < bestCost || (cost == bestCost && before(draw, i, bestDraw, best));
      if (later && better) {
        best = i;
        bestDraw = draw;
        bestCost = cost;
      }
    }
    return best;
  }

  private static boolean before(long draw, int index, long otherDraw, int otherIndex) {
    int order = Long.compareUnsigned(draw, otherDraw);
    return order > 0 || (order == 0 && index < otherIndex);
  }

  private long draw(long hash, int index) {
    return Mix.mix(hash ^ seeds[index]);
  }

  private double cost(long draw, int index) {
    double uniform = ((draw >>> 11) + 0.5) * 0x1p-53;
    return -StrictMath.log(uniform) / roster.weight(seats[index]);
  }
}
