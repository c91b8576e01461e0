package dev.ringmaster.ring;

import java.util.Arrays;

/// The classic hash map: M slots, K virtual servers a server, requests go to the nearest occupied
/// slot clockwise, their own included.
///
/// The server on seat s has the id s + 1. The live servers are inserted in the order of their
/// seats, so that the map is a function of who lives, not of who died when: after a death and a
/// return it is the map it was. Any weight above 0 counts as full.
///
/// A 64-bit key hash h stands for the request id `100000 + (h mod 900000)`, h unsigned: the six
/// digits of the contract.
public final class ClassicTable implements Table {
  private static final long FIRST_REQUEST = 100_000;
  private static final long REQUESTS = 900_000;

  private final Scheme.Classic scheme;
  private final Roster roster;
  private final int[] slots;

  /// The owner by the residue of the request id: H(i) depends on i mod M alone.
  private final int[] ownerByResidue;

  ClassicTable(Scheme.Classic scheme, Roster roster) {
    this.scheme = scheme;
    this.roster = roster;
    this.slots = new int[scheme.slots()];
    Arrays.fill(slots, NONE);
    for (int seat : roster.liveSeats()) {
      insert(seat);
    }
    this.ownerByResidue = new int[slots.length];
    for (int residue = 0; residue < slots.length; residue++) {
      ownerByResidue[residue] = clockwise(scheme.request().slot(residue, slots.length));
    }
  }

  /// The request id that a key hash stands for, 100000 to 999999.
  public static long requestId(long hash) {
    return FIRST_REQUEST + Long.remainderUnsigned(hash, REQUESTS);
  }

  /// The seat that owns a request id ≥ 0, or [#NONE] if all seats are dead.
  public int ownerOfRequest(long request) {
    return ownerByResidue[(int) (request % ownerByResidue.length)];
  }

  /// The seat that has a virtual server in a slot, or [#NONE] if it is vacant.
  ///
  /// @param slot 0 to the scheme's slots − 1
  public int seatIn(int slot) {
    return slots[slot];
  }

  @Override
  public Scheme.Classic scheme() {
    return scheme;
  }

  @Override
  public Roster roster() {
    return roster;
  }

  @Override
  public int owner(long hash) {
    return ownerOfRequest(requestId(hash));
  }

  @Override
  public int candidates(long hash, int[] into) {
    int wanted = Math.min(into.length, roster.live());
    int slot = scheme.request().slot(requestId(hash), slots.length);
    int found = 0;
    for (int step = 0; step < slots.length && found < wanted; step++) {
      found = slots[slot] == NONE ? found : Candidates.add(into, found, slots[slot]);
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    return found;
  }

  @Override
  public long fingerprint() {
    return Fingerprint.ofNumbers(scheme, roster);
  }

  private void insert(int seat) {
    for (int j = 0; j < scheme.virtualServers(); j++) {
      int wanted = scheme.virtual().slot(seat + 1L, j, slots.length);
      int free = free(wanted);
      if (free == NONE) {
        throw new RingFullException(
            "classic: server %d finds no slot for its virtual server %d of %d: %s probing from slot %d meets only taken ones of the %d"
                .formatted(
                    seat + 1,
                    j + 1,
                    scheme.virtualServers(),
                    scheme.probing().name().toLowerCase(java.util.Locale.ROOT),
                    wanted,
                    slots.length));
      }
      slots[free] = seat;
    }
  }

  /// The first vacant slot that probing from `wanted` meets, or NONE. Both probings repeat after M
  /// steps.
  private int free(int wanted) {
    for (int t = 0; t < slots.length; t++) {
      int slot = (int) ((wanted + scheme.probing().distance(t)) % slots.length);
      if (slots[slot] == NONE) {
        return slot;
      }
    }
    return NONE;
  }

  private int clockwise(int from) {
    for (int step = 0; step < slots.length; step++) {
      int seat = slots[(from + step) % slots.length];
      if (seat != NONE) {
        return seat;
      }
    }
    return NONE;
  }
}
