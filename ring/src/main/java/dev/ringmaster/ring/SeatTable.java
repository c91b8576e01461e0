package dev.ringmaster.ring;

/// The seat table: lookup, removal, growth, weights, drain and warm-up from one probe sequence.
///
/// For a key hash `h` the i-th probe starts at `x(0) = h`, `x(i) = mix(h + i·G)` and asks
/// JumpBackHash (Ertl 2024, "JumpBackHash: Say Goodbye to the Modulo Operation") for a seat among
/// all S. The seat accepts if it is full, or with probability `w / 2^16` by a hash of probe and
/// seat. A seat that refuses while its ramp is set hands the probe to the table as it was before
/// the seat was appended. After 64 probes the seats with any weight follow in the order of `mix(h'
/// ^ mix(s + 1))`, h' = h + 63·G.
///
/// Health writes weights only, so a death moves the dead seat's keys alone, to their second
/// candidates, and they come home. Only a seat that dies while its ramp is set hands its keys back
/// to the older table instead. The scheme `jump` is the same sequence over jump hash.
final class SeatTable implements Table {
  private static final int PROBES = 64;
  private static final long COIN = 0xD6E8FEB86659FD93L;

  private final Scheme scheme;
  private final Roster roster;
  private final Buckets buckets;
  private final char[] weights;
  private final boolean[] ramps;
  private final Fallback fallback;

  SeatTable(Scheme scheme, Buckets buckets, Roster roster) {
    this.scheme = scheme;
    this.buckets = buckets;
    this.roster = roster;
    this.weights = roster.weights();
    this.ramps = roster.ramps();
    this.fallback = new Fallback(roster);
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
    if (roster.live() == 0) {
      return NONE;
    }
    int seat = probe(hash);
    for (int i = 1; seat == NONE && i < PROBES; i++) {
      seat = probe(Mix.mix(start(hash, i)));
    }
    return seat == NONE ? fallback.after(fallbackStart(hash), NONE) : seat;
  }

  @Override
  public int candidates(long hash, int[] into) {
    int wanted = Math.min(into.length, roster.live());
    int found = 0;
    for (int i = 0; i < PROBES && found < wanted; i++) {
      int seat = probe(i == 0 ? hash : Mix.mix(start(hash, i)));
      found = seat == NONE ? found : Candidates.add(into, found, seat);
    }
    int last = NONE;
    while (found < wanted) {
      last = fallback.after(fallbackStart(hash), last);
      found = Candidates.add(into, found, last);
    }
    return found;
  }

  @Override
  public long fingerprint() {
    return Fingerprint.ofNumbers(scheme, roster);
  }

  /// The seat that the probe x finds, or NONE if each one it meets refuses.
  private int probe(long x) {
    int count = weights.length;
    while (true) {
      int seat = buckets.bucket(x, count);
      int weight = weights[seat];
      if (weight == Roster.FULL || Mix.mix(x ^ COIN ^ seat * Mix.G) >>> 48 < weight) {
        return seat;
      }
      if (seat == 0 || !ramps[seat]) {
        return NONE;
      }
      count = seat;
    }
  }

  private static long start(long hash, int i) {
    return hash + i * Mix.G;
  }

  private static long fallbackStart(long hash) {
    return start(hash, PROBES - 1);
  }
}
