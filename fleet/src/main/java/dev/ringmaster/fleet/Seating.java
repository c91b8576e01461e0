package dev.ringmaster.fleet;

import dev.ringmaster.fleet.plan.Backoff;
import dev.ringmaster.fleet.store.FleetFile.SeatWeight;
import dev.ringmaster.ring.RingFullException;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
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

    /// Its weight according to the settings, 0 to 1.
    double given;

    /// Its weight as commanded last, or as given, 0 to 1.
    double weight;

    Seat(int number, double given, double weight) {
      this.number = number;
      this.given = given;
      this.weight = weight;
    }

    /// The settings give it this weight: if that is another one, it is the last command.
    void give(double newlyGiven) {
      if (newlyGiven != given) {
        given = newlyGiven;
        weight = newlyGiven;
      }
    }
  }

  /// Holes only; [#open] makes seats of them.
  Seating(Scheme scheme, List<Opening.Place> places) {
    Roster roster = Roster.of();
    for (int seat = 0; seat < places.size(); seat++) {
      roster = roster.grown(places.get(seat).label());
      if (!places.get(seat).ramping()) {
        roster = roster.weighted(seat, Roster.FULL).weighted(seat, 0);
      }
      seats.add(null);
    }
    table = scheme.table(roster);
  }

  Seat open(int number, double given, double weight) {
    Seat seat = new Seat(number, given, weight);
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
    return open(hole, 1, 1);
  }

  /// The hole that had this label last, or -1.
  int holeOf(String label) {
    for (int number = 0; number < seats.size(); number++) {
      if (seats.get(number) == null && table.roster().label(number).equals(label)) {
        return number;
      }
    }
    return -1;
  }

  /// A new seat of this label: the hole that had it, else the lowest one, else one more at the end.
  Seat openFor(String label, double given) {
    int own = holeOf(label);
    int hole = own >= 0 ? own : seats.indexOf(null);
    if (hole < 0) {
      hole = seats.size();
      seats.add(null);
      table = table.over(table.roster().grown(label));
    } else if (own < 0) {
      table = table.over(table.roster().relabelled(hole, label));
    }
    return open(hole, given, given);
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

  /// The seat of this number, which is no hole.
  Seat openAt(int number) {
    Seat seat = seats.get(number);
    if (seat == null) {
      throw new IllegalStateException("seat " + number + " is a hole");
    }
    return seat;
  }

  /// The sum of the weights of all seats but one, 1 for each whole one.
  double weightBeside(int number) {
    double sum = 0;
    for (Seat seat : open()) {
      sum += seat.number == number ? 0 : seat.weight;
    }
    return sum;
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

  /// Gives each seat the weight that a function of its replica says, 0 where there is none; whether
  /// that changed any.
  boolean weigh(ToIntFunction<Member> weightOf) {
    Roster before = table.roster();
    Roster roster =
        before.reweighted(number -> {
          Seat seat = seats.get(number);
          Member occupant = seat == null ? null : seat.occupant;
          return occupant == null ? 0 : weightOf.applyAsInt(occupant);
        });
    if (roster == before) {
      return false;
    }
    table = table.over(roster);
    return true;
  }

  Table table() {
    return table;
  }

  /// Whether this one is the replica of the seat that it names as its own.
  boolean sits(Member member) {
    Seat seat = seats.get(member.seat());
    return seat != null && seat.occupant == member;
  }

  /// A seat's weight in the table as it is now.
  int weightOf(int seat) {
    return table.roster().weight(seat);
  }

  /// How many seats have any weight in the table.
  int inTable() {
    return table.roster().live();
  }

  /// The weights that were commanded, and are not those of the settings.
  List<SeatWeight> weights() {
    List<SeatWeight> weights = new ArrayList<>();
    for (Seat seat : open()) {
      if (seat.weight != seat.given) {
        weights.add(new SeatWeight(seat.number, seat.weight, seat.given));
      }
    }
    return weights;
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
