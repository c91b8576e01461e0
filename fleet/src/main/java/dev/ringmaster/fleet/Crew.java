package dev.ringmaster.fleet;

import dev.ringmaster.fleet.Seating.Seat;
import dev.ringmaster.fleet.plan.KillBudget;
import dev.ringmaster.fleet.plan.Situation;
import dev.ringmaster.fleet.plan.Situation.Occupant;
import dev.ringmaster.fleet.plan.Situation.Stage;
import dev.ringmaster.fleet.plan.Situation.Standing;
import dev.ringmaster.fleet.store.FleetFile;
import dev.ringmaster.fleet.store.FleetFile.Sitter;
import dev.ringmaster.fleet.weight.Share;
import dev.ringmaster.fleet.weight.SlowStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// All replicas of a fleet and their seats: who there is, as others may see it.
final class Crew {
  final Seating seating;
  private final FleetSettings settings;
  private final Instant origin;
  private final Map<Long, Member> members = new LinkedHashMap<>();
  private long nextId;
  private long changes;

  /// An empty crew.
  ///
  /// @param origin the time at 0 ns
  Crew(FleetSettings settings, Seating seating, Instant origin) {
    this.settings = settings;
    this.seating = seating;
    this.origin = origin;
  }

  /// Counts what a view would show differently.
  long changes() {
    return changes;
  }

  /// A view would show something differently.
  void changed() {
    changes++;
  }

  /// One more replica, to be started.
  Member enlist(String name, int seat, long nowNs) {
    Load load = new Load(settings.ejection().failures());
    Member member = new Member(nextId++, name, seat, load, () -> changes++);
    member.wished(nowNs, 0);
    member.grace = settings.stopGrace();
    members.put(member.id, member);
    changes++;
    return member;
  }

  void dismiss(Member member) {
    members.remove(member.id);
    changes++;
  }

  @Nullable Member find(long id) {
    return members.get(id);
  }

  /// The replica of this number, which is there.
  Member get(long id) {
    Member member = members.get(id);
    if (member == null) {
      throw new IllegalStateException("no replica has the number " + id);
    }
    return member;
  }

  /// In the order in which they were added. Not to be used while the crew changes.
  Collection<Member> all() {
    return members.values();
  }

  /// A copy of [#all], for use while the crew changes.
  List<Member> everyone() {
    return List.copyOf(members.values());
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /// Those on seats, in the order in which they were added.
  List<Member> seated() {
    List<Member> seated = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.seat() != Replica.SPARE) {
        seated.add(member);
      }
    }
    return seated;
  }

  /// The names of those who stay, and of those who leave if `all`.
  Set<String> names(boolean all) {
    Set<String> names = new HashSet<>();
    for (Member member : members.values()) {
      if (all || member.stays()) {
        names.add(member.name);
      }
    }
    return names;
  }

  /// Whether a replica of the same name is there still, and leaves.
  boolean namesakeLeaves(Member newcomer) {
    for (Member member : members.values()) {
      if (member != newcomer && member.name.equals(newcomer.name)) {
        return true;
      }
    }
    return false;
  }

  /// Whether each seat has a serving replica.
  boolean whole() {
    for (Seat seat : seating.open()) {
      if (seat.occupant == null || !seat.occupant.serves()) {
        return false;
      }
    }
    return true;
  }

  /// How many replicas on seats are ejected.
  int ejected() {
    int count = 0;
    for (Member member : members.values()) {
      count += member.seat() != Replica.SPARE && member.ejected() ? 1 : 0;
    }
    return count;
  }

  /// How much of its seat's keys a replica is to take while it serves.
  Share share(Member member, long nowNs) {
    Seat seat = member.seat() == Replica.SPARE ? null : seating.at(member.seat());
    double warmth =
        member.warmFromNs() == Member.NEVER
            ? 1
            : SlowStart.warmth(nowNs - member.warmFromNs(), settings.slowStart().toNanos());
    Instant until = member.ejected() ? origin.plusNanos(member.returnAtNs()) : null;
    return new Share(seat == null ? 1 : seat.weight, warmth, until);
  }

  /// Gives each seat the weight that its replica deserves now; whether that changed any.
  boolean weigh(long nowNs) {
    return seating.weigh(member -> member.serves() ? share(member, nowNs).inTable() : 0);
  }

  /// Whether each seat serves, and none is still warming up.
  boolean settled() {
    for (Member member : members.values()) {
      if (member.seat() != Replica.SPARE && member.warmFromNs() != Member.NEVER) {
        return false;
      }
    }
    return whole();
  }

  /// Whether this one is gone or has left its seat.
  boolean seatless(long id) {
    Member member = members.get(id);
    return member == null || member.seat() == Replica.SPARE;
  }

  /// What the planner looks at.
  Situation situation(LongPredicate leaving) {
    List<Integer> seats = new ArrayList<>();
    int healing = 0;
    for (Seat seat : seating.open()) {
      seats.add(seat.number);
      healing += seat.killedNs == Member.NEVER ? 0 : 1;
    }
    List<Occupant> occupants = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.stays()) {
        occupants.add(occupant(member, leaving));
      }
    }
    return new Situation(
        seats,
        healing,
        occupants,
        new Situation.Wanted(
            settings.spares(), new KillBudget(settings.killBudget()), settings.health()));
  }

  private Occupant occupant(Member member, LongPredicate leaving) {
    Stage stage =
        switch (member.state()) {
          case STARTING -> member.launchAtNs == Member.NEVER ? Stage.BOOTING : Stage.WAITING;
          case PROBING -> Stage.BOOTING;
          case SERVING -> Stage.SERVING;
          case SUSPECT -> Stage.SUSPECT;
          case DRAINING, GONE -> throw new IllegalStateException(member.name + " does not stay");
        };
    Standing standing = Standing.OWN;
    if (leaving.test(member.id)) {
      standing = Standing.LEAVING;
    } else if (member.seat() != Replica.SPARE && member.restarts() > 0) {
      standing = Standing.STAND_IN;
    }
    long sinceNs = stage == Stage.SUSPECT ? member.sinceNs() : member.launchedNs;
    return new Occupant(member.id, member.seat(), stage, sinceNs, member.pulse, standing);
  }

  /// The whole fleet as others see it.
  FleetView view(int desired, long nowNs) {
    List<@Nullable Replica> seats = new ArrayList<>();
    for (int seat = 0; seat < seating.table().roster().size(); seat++) {
      seats.add(null);
    }
    List<Replica> replicas = new ArrayList<>();
    for (Member member : members.values()) {
      Replica replica = member.seen(share(member, nowNs), origin);
      replicas.add(replica);
      if (replica.seat() != Replica.SPARE && seating.sits(member)) {
        seats.set(replica.seat(), replica);
      }
    }
    return new FleetView(
        settings.service(), desired, seating.table(), seats, List.copyOf(replicas));
  }

  /// What must be remembered of it.
  FleetFile file(int desired) {
    List<Sitter> sitters = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.stays() || member.seat() != Replica.SPARE) {
        sitters.add(new Sitter(member.name, member.seat()));
      }
    }
    return new FleetFile(
        desired, settings.replicas(), false, seating.ramping(), sitters, seating.weights());
  }
}
