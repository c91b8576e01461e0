package dev.ringmaster.ring;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Maglev hashing (Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer",
/// NSDI 2016, section 3.4) with Envoy's hash choices and Envoy's way with weights.
///
/// Each live seat walks its own permutation of the slots, `offset = XXH64(label, 0) mod M`, `skip =
/// XXH64(label, 1) mod (M − 1) + 1`, and the seats take the next free slot in turn. A seat of less
/// weight than the heaviest sits out turns in proportion. Turns go by the order of labels, so that
/// the table does not depend on the order of seats.
///
/// Even, but a change moves a few more keys than it must. The candidates after the owner are found
/// by rehashing; they are not exactly where the keys go when the owner dies.
final class MaglevTable implements Table {
  private static final int PROBES = 64;
  private static final Hasher64 OFFSET = Hashing.xxh64(0);
  private static final Hasher64 SKIP = Hashing.xxh64(1);

  private final Scheme.Maglev scheme;
  private final Roster roster;
  private final int[] slots;
  private final Fallback fallback;

  MaglevTable(Scheme.Maglev scheme, Roster roster) {
    if (roster.live() > scheme.size()) {
      throw new RingFullException(
          "maglev: " + roster.live() + " live seats do not fit in " + scheme.size() + " slots");
    }
    this.scheme = scheme;
    this.roster = roster;
    this.slots = roster.live() == 0 ? new int[0] : filled(roster, scheme.size());
    this.fallback = new Fallback(roster);
  }

  @Override
  public Scheme.Maglev scheme() {
    return scheme;
  }

  @Override
  public Roster roster() {
    return roster;
  }

  @Override
  public int owner(long hash) {
    return slots.length == 0 ? NONE : slots[slot(hash)];
  }

  @Override
  public int candidates(long hash, int[] into) {
    int wanted = Math.min(into.length, roster.live());
    int found = 0;
    for (int i = 0; i < PROBES && found < wanted; i++) {
      int slot = slot(i == 0 ? hash : Mix.mix(hash + i * Mix.G));
      found = Candidates.add(into, found, slots[slot]);
    }
    int last = NONE;
    while (found < wanted) {
      last = fallback.after(hash, last);
      found = Candidates.add(into, found, last);
    }
    return found;
  }

  @Override
  public long fingerprint() {
    return Fingerprint.ofLabels(scheme, roster);
  }

  /// The seat in one of the scheme's slots.
  int seatIn(int slot) {
    return slots[slot];
  }

  private int slot(long hash) {
    return (int) Long.remainderUnsigned(hash, slots.length);
  }

  private static int[] filled(Roster roster, int size) {
    int[] slots = new int[size];
    Arrays.fill(slots, NONE);
    Walk[] walks = walks(roster, size);
    int heaviest = IntStream.range(0, roster.size()).map(roster::weight).max().orElse(0);
    int taken = 0;
    for (long turn = 1; taken < size; turn++) {
      for (int i = 0; i < walks.length && taken < size; i++) {
        if (walks[i].takesPart(turn, heaviest)) {
          walks[i].take(slots);
          taken++;
        }
      }
    }
    return slots;
  }

  private static Walk[] walks(Roster roster, int size) {
    return IntStream.range(0, roster.size())
        .filter(seat -> roster.weight(seat) > 0)
        .boxed()
        .sorted(Comparator.comparing(roster::label))
        .map(seat -> new Walk(seat, roster, size))
        .toArray(Walk[]::new);
  }

  /// One seat's way through its permutation of the slots.
  private static final class Walk {
    private final int seat;
    private final int weight;
    private final int skip;
    private int slot;
    private long due;

    Walk(int seat, Roster roster, int size) {
      byte[] label = roster.label(seat).getBytes(StandardCharsets.UTF_8);
      this.seat = seat;
      this.weight = roster.weight(seat);
      this.slot = (int) Long.remainderUnsigned(OFFSET.hashBytesToLong(label), size);
      this.skip = (int) (Long.remainderUnsigned(SKIP.hashBytesToLong(label), size - 1) + 1);
    }

    /// A seat of weight w takes part in w of `heaviest` turns, in the first one always.
    boolean takesPart(long turn, int heaviest) {
      if (turn * weight < due) {
        return false;
      }
      due += heaviest;
      return true;
    }

    void take(int[] slots) {
      while (slots[slot] != NONE) {
        slot = (int) (((long) slot + skip) % slots.length);
      }
      slots[slot] = seat;
    }
  }
}
