package dev.ringmaster.fleet;

import dev.ringmaster.fleet.Seating.Seat;
import dev.ringmaster.fleet.plan.KillBudget;
import dev.ringmaster.fleet.plan.Situation;
import dev.ringmaster.fleet.plan.Situation.Occupant;
import dev.ringmaster.fleet.plan.Situation.Stage;
import dev.ringmaster.fleet.plan.Situation.Standing;
import dev.ringmaster.fleet.store.FleetFile;
import dev.ringmaster.fleet.store.FleetFile.Sitter;
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
  private final Map<Long, Member> members = new LinkedHashMap<>();
  private long nextId;
  private long changes;

  Crew(FleetSettings settings, Seating seating) {
    this.settings = settings;
    this.seating = seating;
  }

  /// Counts what a view would show differently.
  long changes() {
    return changes;
  }

  /// One more replica, to be started.
  Member enlist(String name, int seat, long nowNs) {
    Member member = new Member(nextId++, name, seat, nowNs, () -> changes++);
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
    return new Occupant(member.id, member.seat(), stage, member.launchedNs, member.pulse, standing);
  }

  /// The whole fleet as others see it.
  FleetView view(int desired) {
    List<Replica> replicas = new ArrayList<>();
    for (Member member : members.values()) {
      replicas.add(member.seen());
    }
    return new FleetView(
        settings.service(), desired, seating.table(), seating.seen(), List.copyOf(replicas));
  }

  /// What must be remembered of it.
  FleetFile file(int desired) {
    List<Sitter> sitters = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.stays()) {
        sitters.add(new Sitter(member.name, member.seat()));
      }
    }
    return new FleetFile(desired, settings.replicas(), false, seating.ramping(), sitters);
  }
}
