package dev.ringmaster.fleet;

import dev.ringmaster.fleet.FleetStats.Ejections;
import dev.ringmaster.fleet.plan.Times;
import dev.ringmaster.fleet.weight.EjectionSettings;
import dev.ringmaster.fleet.weight.SlowStart;
import java.util.ArrayList;
import java.util.List;

/// How much of their seats' keys serving replicas take: all, less while they warm up, nothing while
/// they are ejected for their failures. A part of their [Life]; nothing here touches the world.
final class Shares {
  private final FleetSettings settings;
  private final Crew crew;
  private final List<Effect> effects;
  private final long firstNewcomer;
  private Ejections ejections = Ejections.NONE;

  /// Why a replica is ejected.
  enum Cause {
    /// Its requests failed in a way that its heartbeats may not show.
    FAILING("requests in a row failed"),
    /// Its connections failed; heartbeats that are answered refute that.
    UNREACHABLE("connections in a row failed");

    private final String words;

    Cause(String words) {
      this.words = words;
    }
  }

  /// The shares of a crew.
  ///
  /// @param effects where what people are told is added
  /// @param firstNewcomer members from this number on were not there at the opening
  Shares(FleetSettings settings, Crew crew, List<Effect> effects, long firstNewcomer) {
    this.settings = settings;
    this.crew = crew;
    this.effects = effects;
    this.firstNewcomer = firstNewcomer;
  }

  Ejections ejections() {
    return ejections;
  }

  /// Its weight grows from now on, if weights grow at all, and if another seat has the keys
  /// meanwhile. Those of the opening begin together, so that nobody could spare them.
  void warmUp(Member member, long nowNs) {
    boolean opening = member.id < firstNewcomer && member.servedNs == Member.NEVER;
    boolean slow = !settings.slowStart().isZero() && !opening && othersServe(member);
    member.warmFrom(slow ? nowNs : Member.NEVER);
  }

  private boolean othersServe(Member member) {
    for (Member other : crew.seated()) {
      if (other != member && crew.seating.weightOf(other.seat()) > 0) {
        return true;
      }
    }
    return false;
  }

  /// Its requests failed as often in a row as ejects it: it is out of the table for a while, if
  /// enough others are in it.
  void eject(Member member, Cause cause, long nowNs) {
    if (!member.serves() || member.seat() == Replica.SPARE || member.ejected()) {
      return;
    }
    if (crew.seating.weightOf(member.seat()) == 0) {
      return; // Out of the table for another reason; what fails now was sent before.
    }
    EjectionSettings rule = settings.ejection();
    int seats = crew.seating.open().size();
    if (!rule.allows(seats, crew.ejected(), crew.seating.inTable())) {
      ejections = new Ejections(ejections.done(), ejections.refused() + 1);
      return;
    }
    ejections = new Ejections(ejections.done() + 1, ejections.refused());
    member.ejection = member.ejection.again(nowNs, rule);
    String why =
        "ejected for %s: %d %s"
            .formatted(Times.words(member.ejection.endNs() - nowNs), rule.failures(), cause.words);
    member.eject(member.ejection.endNs(), why);
    if (cause == Cause.UNREACHABLE) {
      member.heartbeatsMissing = settings.health().rise();
    }
    tell(member, "is " + why);
  }

  /// Its heartbeat was answered well.
  void answered(Member member, long nowNs) {
    if (member.heartbeatsMissing != Member.NEVER_BY_HEARTBEATS && --member.heartbeatsMissing == 0) {
      readmit(member, "is back in the table: it can be reached", nowNs);
    }
  }

  /// Its health was judged anew, whatever it was ejected for.
  void recovered(Member member, long nowNs) {
    if (member.ejected()) {
      member.ejection = member.ejection.endedEarly(nowNs);
      member.readmit();
    }
  }

  /// The time of its ejection, or of its warming up, is over.
  void progress(Member member, long nowNs) {
    if (member.returnAtNs() <= nowNs && !member.serves()) {
      member.readmit();
    } else if (member.returnAtNs() <= nowNs) {
      readmit(member, "is back in the table after its ejection", nowNs);
    }
    if (member.warmFromNs() != Member.NEVER && warmAtNs(member) <= nowNs) {
      member.warmFrom(Member.NEVER);
    }
  }

  /// A fleet without any other replica to serve with takes the ejected ones back.
  void pardonIfNoneIsLeft(long nowNs) {
    if (crew.ejected() == 0) {
      return;
    }
    List<Member> able = new ArrayList<>();
    for (Member member : crew.seated()) {
      if (member.serves() && crew.share(member, nowNs).weight() > 0) {
        able.add(member);
      }
    }
    if (able.stream().allMatch(Member::ejected)) {
      able.forEach(member -> readmit(member, "is back in the table: no other serves", nowNs));
    }
  }

  private void readmit(Member member, String why, long nowNs) {
    member.ejection = member.ejection.endedEarly(nowNs);
    member.readmit();
    warmUp(member, nowNs);
    tell(member, why);
  }

  /// When [#progress] has something to do, or the weight changes.
  long nextStepNs(Member member, long nowNs) {
    long fromNs = member.warmFromNs();
    if (fromNs == Member.NEVER) {
      return member.returnAtNs();
    }
    long lengthNs = settings.slowStart().toNanos();
    return Math.min(member.returnAtNs(), fromNs + SlowStart.nextStepNs(nowNs - fromNs, lengthNs));
  }

  private long warmAtNs(Member member) {
    return member.warmFromNs() + settings.slowStart().toNanos();
  }

  private void tell(Member member, String what) {
    effects.add(new Effect.Tell("replica " + member.name + " " + what));
  }
}
