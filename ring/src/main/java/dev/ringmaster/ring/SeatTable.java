package dev.ringmaster.ring;

import com.dynatrace.hash4j.consistent.ConsistentBucketHasher;
import com.dynatrace.hash4j.consistent.ConsistentHashing;

/// The seat table: lookup, removal, growth, weights, drain and warm-up from one probe sequence.
///
/// For a key hash `h` the i-th probe starts at `x(0) = h`, `x(i) = mix(h + i·G)` and asks
/// JumpBackHash (Ertl 2024, "JumpBackHash: Say Goodbye to the Modulo Operation") for a seat among
/// all S. The seat accepts if it is full, or with probability `w / 2^16` by a hash of probe and
/// seat. A seat that refuses while its ramp is set hands the probe to the table as it was before
/// the seat was appended. After 64 probes the seats with any weight follow in the order of `mix(h'
/// ^ mix(s + 1))`, h' = h + 63·G.
///
/// Health writes weights only, so a death moves the dead seat's keys alone, and they come home.
public final class SeatTable implements Table {
  private static final int PROBES = 64;
  private static final long COIN = 0xD6E8FEB86659FD93L;
  private static final ConsistentBucketHasher JUMP_BACK =
      ConsistentHashing.jumpBackHashXorshiftL7R9();

  private final Roster roster;
  private final int size;

  SeatTable(Roster roster) {
    this.roster = roster;
    this.size = roster.size();
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
    for (int i = 0; i < PROBES; i++) {
      int seat = probe(hash, i);
      if (seat != NONE) {
        return seat;
      }
    }
    return after(hash, NONE);
  }

  @Override
  public int candidates(long hash, int[] into) {
    int wanted = Math.min(into.length, roster.live());
    int found = 0;
    for (int i = 0; i < PROBES && found < wanted; i++) {
      int seat = probe(hash, i);
      if (seat != NONE && !contains(into, found, seat)) {
        into[found++] = seat;
      }
    }
    int last = NONE;
    while (found < wanted) {
      last = after(hash, last);
      if (!contains(into, found, last)) {
        into[found++] = last;
      }
    }
    return found;
  }

  @Override
  public long fingerprint() {
    long print = Mix.mix(size);
    for (int seat = 0; seat < size; seat++) {
      int state = roster.weight(seat) << 1 | (roster.ramping(seat) ? 1 : 0);
      print = Mix.mix(print + Mix.G ^ state);
    }
    return print;
  }

  @Override
  public Table over(Roster next) {
    return new SeatTable(next);
  }

  /// The seat that the i-th probe finds, or NONE if each one it meets refuses.
  private int probe(long hash, int i) {
    long x = i == 0 ? hash : Mix.mix(start(hash, i));
    int buckets = size;
    while (true) {
      int seat = JUMP_BACK.getBucket(x, buckets);
      int weight = roster.weight(seat);
      if (weight == Roster.FULL || Mix.mix(x ^ COIN ^ seat * Mix.G) >>> 48 < weight) {
        return seat;
      }
      if (seat == 0 || !roster.ramping(seat)) {
        return NONE;
      }
      buckets = seat;
    }
  }

  private static long start(long hash, int i) {
    return hash + i * Mix.G;
  }

  /// The live seat that follows `seat` in the fallback order, or the first of all if it is NONE.
  private int after(long hash, int seat) {
    long start = start(hash, PROBES - 1);
    long floor = seat == NONE ? Long.MIN_VALUE : rank(start, seat);
    int best = NONE;
    long bestRank = Long.MAX_VALUE;
    for (int s = 0; s < size; s++) {
      long rank = rank(start, s);
      boolean later = seat == NONE || rank > floor;
      if (roster.weight(s) > 0 && later && (best == NONE || rank < bestRank)) {
        best = s;
        bestRank = rank;
      }
    }
    return best;
  }

  /// Ranks compare as unsigned words; the sign bit is flipped for the signed comparison.
  private static long rank(long start, int seat) {
    return Mix.mix(start ^ Mix.mix(seat + 1)) ^ Long.MIN_VALUE;
  }

  private static boolean contains(int[] seats, int count, int seat) {
    for (int i = 0; i < count; i++) {
      if (seats[i] == seat) {
        return true;
      }
    }
    return false;
  }
}
