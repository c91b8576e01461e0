package dev.ringmaster.fleet;

import dev.ringmaster.fleet.plan.Backoff;
import dev.ringmaster.ring.RingFullException;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The seats, who sits on them, and the table that follows from both. A seat lasts; removing it
/// leaves a hole, which the next new seat takes.
final class Seating {
  private final List<@Nullable Seat> seats = new ArrayList<>();
  private Table table;

  /// One seat that is no hole.
  static final class Seat {
    final int number;
    @Nullable Member occupant;
    Backoff backoff = Backoff.NONE;

    /// How often it was given a new replica.
    int restarts;

    /// What became of its last replica, for people; empty if nothing did.
    String lastEnd = "";

    /// When its hung replica was killed; NEVER once another serves.
    long killedNs = Member.NEVER;

    Seat(int number) {
      this.number = number;
    }
  }

  /// Holes only; [#open] makes seats of them.
  ///
  /// @param labels one a seat
  /// @param ramping for each seat, whether it has never been full
  Seating(Scheme scheme, List<String> labels, List<Boolean> ramping) {
    Roster roster = Roster.of();
    for (int seat = 0; seat < labels.size(); seat++) {
      roster = roster.grown(labels.get(seat));
      if (!ramping.get(seat)) {
        roster = roster.weighted(seat, Roster.FULL).weighted(seat, 0);
      }
      seats.add(null);
    }
    table = scheme.table(roster);
  }

  Seat open(int number) {
    Seat seat = new Seat(number);
    seats.set(number, seat);
    return seat;
  }

  /// A new seat: the lowest hole, or one more at the end.
  Seat openLowest() {
    int hole = seats.indexOf(null);
    if (hole < 0) {
      hole = seats.size();
      seats.add(null);
      table = table.over(table.roster().grown(Opening.labelOf(hole)));
    }
    return open(hole);
  }

  /// Why the scheme cannot hold `more` seats beside the open ones, were all of them to serve; null
  /// if it can. The classic map has room for so many virtual servers only.
  @Nullable String whyNoRoomFor(int more) {
    try {
      Table _ = table.over(fullWith(more));
      return null;
    } catch (RingFullException e) {
      return e.getMessage();
    }
  }

  /// @throws RingFullException if the scheme cannot hold the open seats
  void requireRoom() {
    Table _ = table.over(fullWith(0));
  }

  /// The roster if all open seats served and `more` beside them, on the lowest holes and then at
  /// the end.
  private Roster fullWith(int more) {
    Roster roster = table.roster();
    int left = more;
    for (int number = 0; number < seats.size(); number++) {
      boolean hole = seats.get(number) == null;
      if (!hole || left > 0) {
        roster = roster.weighted(number, Roster.FULL);
        left -= hole ? 1 : 0;
      }
    }
    for (int number = seats.size(); left > 0; number++, left--) {
      roster = roster.grown(Opening.labelOf(number)).weighted(number, Roster.FULL);
    }
    return roster;
  }

  /// Makes the seat a hole.
  void close(int number) {
    seats.set(number, null);
  }

  /// The seat of this number, null if it is a hole.
  @Nullable Seat at(int number) {
    return seats.get(number);
  }

  /// The seats that are no holes.
  List<Seat> open() {
    List<Seat> open = new ArrayList<>();
    for (Seat seat : seats) {
      if (seat != null) {
        open.add(seat);
      }
    }
    return open;
  }

  /// Gives each seat the weight that its replica's state deserves; whether that changed any.
  boolean weigh() {
    Roster before = table.roster();
    Roster roster = before;
    for (int number = 0; number < seats.size(); number++) {
      Seat seat = seats.get(number);
      boolean serves = seat != null && seat.occupant != null && seat.occupant.serves();
      roster = roster.weighted(number, serves ? Roster.FULL : 0);
    }
    if (roster == before) {
      return false;
    }
    table = table.over(roster);
    return true;
  }

  Table table() {
    return table;
  }

  /// For each seat its replica as others see it; null for holes and empty seats.
  List<@Nullable Replica> seen() {
    List<@Nullable Replica> seen = new ArrayList<>();
    for (Seat seat : seats) {
      seen.add(seat == null || seat.occupant == null ? null : seat.occupant.seen());
    }
    return seen;
  }

  /// For each seat whether it has never been full.
  List<Boolean> ramping() {
    List<Boolean> ramping = new ArrayList<>();
    for (int number = 0; number < seats.size(); number++) {
      ramping.add(table.roster().ramping(number));
    }
    return ramping;
  }
}
