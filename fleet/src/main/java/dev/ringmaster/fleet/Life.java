package dev.ringmaster.fleet;

import dev.ringmaster.fleet.Seating.Seat;
import dev.ringmaster.fleet.health.Pace;
import dev.ringmaster.fleet.health.Pulse;
import dev.ringmaster.fleet.health.Sign;
import dev.ringmaster.fleet.plan.Backoff;
import dev.ringmaster.fleet.plan.Times;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The life of a replica, from the wish for it to its end, in the order of the methods. Each is a
/// step that something caused: a plan, a command, an answer of the world, the time.
///
/// Nothing here touches the world; what is to be done there is left in [#effects].
final class Life {
  /// Requests that chose a replica just before it left the table have begun by then.
  private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  /// How long a replica that is given up is kept for the sake of finding out why.
  private static final long EXPLAIN_NS = TimeUnit.SECONDS.toNanos(2);

  /// A hung replica has this long to save what it can before it is ended by force: its requests
  /// wait for its end. One that is stopped does not hear that it is asked.
  private static final Duration HUNG_GRACE = Duration.ofSeconds(1);

  /// Heartbeats that the traffic asks for are at least this far apart.
  private static final long HINT_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final FleetSettings settings;
  private final RandomGenerator random;
  private final Crew crew;
  private final Orders orders;
  private final Map<Long, Lost> unexplained = new HashMap<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Shares shares;
  private long nowNs;
  private long hurtNs = Member.NEVER;
  private Backoff spareBackoff = Backoff.NONE;
  private Tally tally = Tally.NONE;

  /// One that is gone or given up, while the reason is being looked for.
  ///
  /// @param unserved whether it never served
  private record Lost(String name, int seat, String why, boolean unserved) {}

  /// The lives of a crew.
  ///
  /// @param opening how many replicas the fleet opens with
  Life(FleetSettings settings, RandomGenerator random, Crew crew, Orders orders, int opening) {
    this.settings = settings;
    this.random = random;
    this.crew = crew;
    this.orders = orders;
    this.shares = new Shares(settings, crew, effects, opening);
  }

  /// All that follows happens now.
  void at(long now) {
    nowNs = now;
  }

  /// What is to be done in the world, in this order; taken away by the caller.
  List<Effect> effects() {
    return effects;
  }

  Tally tally() {
    return tally.with(shares.ejections());
  }

  /// How much of their keys replicas take.
  Shares shares() {
    return shares;
  }

  /// The wish: a seat or the spares want one more. The seat has it from now on.
  void launch(String name, int number) {
    Seat seat = seatOf(number);
    long delayNs = (seat == null ? spareBackoff : seat.backoff).delayNs();
    Member member = crew.enlist(name, number, nowNs);
    member.wished(nowNs, delayNs);
    if (seat != null) {
      member.sit(number, ++seat.restarts);
      seat.occupant = member;
      tally = tally.restarted();
    }
    if (delayNs > 0) {
      member.note("starts in " + Times.words(delayNs) + because(seat));
    }
  }

  private static String because(@Nullable Seat seat) {
    return seat == null || seat.lastEnd.isEmpty() ? "" : ", because " + seat.lastEnd;
  }

  /// The runtime is asked, once the back-off is over and a namesake that leaves is gone.
  void launchIfDue(Member member) {
    boolean due = member.stays() && member.launchAtNs <= nowNs;
    if (due && !crew.namesakeLeaves(member)) {
      member.launched(nowNs);
      Launch launch = new Launch(settings.service(), member.name, Launch.serverIdOf(member.name));
      effects.add(new Effect.Start(member.id, launch));
    }
  }

  void startFailed(long id, String why) {
    Member member = crew.find(id);
    if (member == null) {
      return;
    }
    boolean wanted = member.stays();
    Lost lost = new Lost(member.name, member.seat(), "does not start: " + why, true);
    if (wanted) {
      tally = tally.startFailed();
      vacate(member);
    }
    goneNow(member, lost.why());
    if (wanted) {
      mourn(id, lost, "");
    }
  }

  void started(long id, Instance instance) {
    Member member = crew.find(id);
    if (member == null) {
      return;
    }
    Exit early = member.earlyExit;
    if (member.stays()) {
      probe(member, instance, "");
    } else {
      member.runsAs(instance);
    }
    if (early != null && early.instance().handle().equals(instance.handle())) {
      end(member, early.reason());
    }
  }

  /// It was found running.
  void adopt(Member member, Instance instance) {
    member.launched(nowNs);
    probe(member, instance, "found running");
  }

  /// It runs: is it there yet?
  private void probe(Member member, Instance instance, String why) {
    member.runsAs(instance);
    member.to(ReplicaState.PROBING, why, nowNs);
    member.beatAtNs = nowNs;
  }

  void beatIfDue(Member member) {
    Instance instance = member.instance();
    if (instance != null && member.stays() && member.beatAtNs <= nowNs) {
      member.beatAtNs = Member.NEVER;
      member.beatenNs = nowNs;
      effects.add(new Effect.Beat(member.id, instance));
    }
  }

  /// A heartbeat's answer, or the lack of one.
  void seen(long id, Sign sign) {
    Member member = crew.find(id);
    if (member == null || !member.stays()) {
      return;
    }
    member.pulse = member.pulse.after(sign, settings.health());
    if (sign instanceof Sign.Answered(int status) && status < Pulse.ERRORS) {
      shares.answered(member, nowNs);
    }
    if (!(sign instanceof Sign.Late)) {
      long ageNs = nowNs - member.launchedNs;
      member.beatAtNs = nowNs + Pace.delayNs(member.pulse, settings.health(), ageNs, random);
    }
    judge(member);
  }

  /// What the traffic saw: it counts, and asks for a heartbeat now; it condemns nobody alone.
  void reported(Replica replica, Symptom symptom) {
    for (Member member : crew.all()) {
      boolean meant = member.load == replica.load();
      if (meant && (member.serves() || member.state() == ReplicaState.SUSPECT)) {
        hear(member, symptom);
        return;
      }
    }
  }

  private void hear(Member member, Symptom symptom) {
    switch (symptom) {
      case CONNECT_FAILED -> failed(member, "traffic cannot connect");
      case CONNECT_TIMEOUT -> failed(member, "traffic cannot connect in time");
      case BROKEN -> failed(member, "breaks connections while an answer is due");
      case TIMEOUT -> failed(member, "does not answer traffic in time");
      case GARBAGE -> failed(member, "answers traffic with something that is not HTTP");
      case FAILING -> shares.eject(member, Shares.Cause.FAILING, nowNs);
      case UNREACHABLE -> shares.eject(member, Shares.Cause.UNREACHABLE, nowNs);
      case ANSWERED -> {
        member.pulse = member.pulse.after(new Sign.TrafficAnswered(), settings.health());
        judge(member);
      }
    }
  }

  private void failed(Member member, String how) {
    member.pulse = member.pulse.after(new Sign.TrafficFailed(how), settings.health());
    if (member.beatAtNs != Member.NEVER) {
      long soonNs = Math.max(nowNs, member.beatenNs + HINT_NS);
      member.beatAtNs = Math.min(member.beatAtNs, soonNs);
    }
    judge(member);
  }

  private void judge(Member member) {
    switch (member.pulse.vital()) {
      case BOOTING -> member.note(member.pulse.note());
      case WELL -> {
        if (!member.serves()) {
          serve(member);
        }
      }
      case ILL -> {
        if (member.serves()) {
          suspect(member);
        }
      }
    }
  }

  /// It answers: traffic may come.
  private void serve(Member member) {
    boolean back = member.state() == ReplicaState.SUSPECT;
    member.to(ReplicaState.SERVING, "", nowNs);
    shares.recovered(member, nowNs);
    orders.recovered(member.id);
    shares.warmUp(member, nowNs);
    if (member.servedNs == Member.NEVER) {
      member.servedNs = nowNs;
    }
    tell(member, back ? "answers again" : "serves");
    orders.served(member.id);
    heal(member);
  }

  private void heal(Member member) {
    Seat seat = seatOf(member.seat());
    if (seat != null) {
      seat.killedNs = Member.NEVER;
      seat.lastEnd = "";
    }
    healIfWhole();
  }

  /// N serve again: the wound of the last death is closed. Also by a removal of the dead seat.
  private void healIfWhole() {
    if (hurtNs != Member.NEVER && crew.whole()) {
      tally = tally.healed(nowNs - hurtNs);
      hurtNs = Member.NEVER;
    }
  }

  /// It fails: no traffic until it answers again.
  private void suspect(Member member) {
    member.to(ReplicaState.SUSPECT, member.pulse.note(), nowNs);
    tell(member, "is out of the table: " + member.pulse.note());
  }

  /// A warm spare takes the seat, in no time; who sat there leaves, or waits as a spare if it was
  /// only starting.
  void promote(long spareId, int number, String reason) {
    Member spare = crew.get(spareId);
    Seat seat = seatOf(number);
    if (seat == null) {
      throw new IllegalStateException("seat " + number + " is a hole");
    }
    Member before = seat.occupant;
    seat.occupant = spare;
    spare.sit(number, ++seat.restarts);
    shares.warmUp(spare, nowNs);
    tell(spare, "takes seat " + number + ": " + reason);
    if (before == null) {
      tally = tally.restarted();
    } else {
      standDown(before);
    }
    heal(spare);
  }

  private void standDown(Member before) {
    before.sit(Replica.SPARE, 0);
    if (before.servedNs != Member.NEVER || orders.leaving(before.id)) {
      if (before.servedNs == Member.NEVER) {
        orders.lost(before.id, "replica " + before.name + " was drained before it served");
      }
      orders.left(before.id);
      drain(before, "handed its seat over", settings.drainTimeout().toNanos());
    } else if (before.launchedNs == Member.NEVER) {
      goneNow(before, "not needed");
    }
  }

  /// It lives and is no use: it leaves when a successor can take its seat.
  void replace(Member member, String why) {
    tell(member, "is to be replaced: " + why);
    orders.replaceUnwell(member.id);
  }

  /// It ended by itself.
  void exited(Exit exit) {
    for (Member member : crew.all()) {
      Instance instance = member.instance();
      if (instance != null && instance.handle().equals(exit.instance().handle())) {
        end(member, exit.reason());
        return;
      }
    }
    for (Member member : crew.all()) {
      if (member.instance() == null && member.name.equals(exit.instance().name())) {
        member.earlyExit = exit;
      }
    }
  }

  private void end(Member member, String why) {
    Instance instance = member.instance();
    if (member.stays() && instance != null) {
      boolean unserved = member.servedNs == Member.NEVER;
      if (unserved) {
        tally = tally.startFailed();
      }
      String end = unserved ? "ended before it served: " + why : "ended: " + why;
      unexplained.put(member.id, new Lost(member.name, member.seat(), end, unserved));
      effects.add(new Effect.Explain(member.id, instance));
      vacate(member);
    }
    goneNow(member, why);
  }

  /// It hangs, and is ended by force.
  void kill(Member member, String why) {
    Seat seat = seatOf(member.seat());
    if (seat != null) {
      seat.killedNs = nowNs;
    }
    tally = tally.killed();
    tell(member, "is killed: " + why);
    vacate(member);
    member.grace =
        settings.stopGrace().compareTo(HUNG_GRACE) < 0 ? settings.stopGrace() : HUNG_GRACE;
    drain(member, why, 0);
  }

  /// It did not start in time; why, is asked before it is stopped.
  void giveUp(Member member, String why) {
    tally = tally.startFailed();
    Lost lost = new Lost(member.name, member.seat(), why, true);
    vacate(member);
    drain(member, why, EXPLAIN_NS);
    Instance instance = member.instance();
    if (instance == null) {
      mourn(member.id, lost, "");
    } else {
      unexplained.put(member.id, lost);
      effects.add(new Effect.Explain(member.id, instance));
    }
  }

  /// Its seat is empty from now on.
  private void vacate(Member member) {
    Seat seat = seatOf(member.seat());
    if (seat == null) {
      spareBackoff = spareBackoff.afterLife(member.lifeNs(nowNs));
      return;
    }
    seat.occupant = null;
    seat.backoff = seat.backoff.afterLife(member.lifeNs(nowNs));
    member.sit(Replica.SPARE, 0);
    orders.left(member.id);
    if (hurtNs == Member.NEVER && member.servedNs != Member.NEVER) {
      hurtNs = nowNs;
    }
  }

  /// It is not wanted any more: its seat is given up or gone, and it leaves in peace.
  void release(Member member, String why) {
    orders.left(member.id);
    if (member.servedNs == Member.NEVER) {
      orders.lost(member.id, "replica " + member.name + " was let go before it served: " + why);
    }
    Seat seat = seatOf(member.seat());
    if (seat != null && seat.occupant == member) {
      seat.occupant = null;
    }
    member.sit(Replica.SPARE, 0);
    healIfWhole();
    drain(member, why, settings.drainTimeout().toNanos());
  }

  /// No new request; those in flight may end within the limit. A target that was drained by command
  /// has only lacked the limit.
  private void drain(Member member, String why, long limitNs) {
    if (member.launchedNs == Member.NEVER) {
      goneNow(member, why);
      return;
    }
    if (member.stays()) {
      member.to(ReplicaState.DRAINING, why, nowNs);
    }
    member.drainUntilNs = nowNs + limitNs;
    if (member.instance() == null) {
      effects.add(new Effect.Abandon(member.id));
    }
  }

  void haltIfDue(Member member) {
    Instance instance = member.instance();
    if (member.state() != ReplicaState.DRAINING || instance == null) {
      return;
    }
    if (member.drainUntilNs == Member.NEVER || unexplained(member)) {
      return;
    }
    boolean idle = member.load.inFlight() <= 0 && nowNs - member.sinceNs() >= SETTLE_NS;
    if (idle || nowNs >= member.drainUntilNs) {
      member.drainUntilNs = Member.NEVER;
      effects.add(new Effect.Halt(member.id, instance, member.grace));
    }
  }

  /// Whether it drains and has not been asked to stop.
  boolean waitsToHalt(Member member) {
    return member.instance() != null && member.drainUntilNs != Member.NEVER;
  }

  private boolean unexplained(Member member) {
    return unexplained.containsKey(member.id) && nowNs < member.drainUntilNs;
  }

  void stopped(long id) {
    Member member = crew.find(id);
    if (member != null && !member.stays()) {
      goneNow(member, "stopped");
    }
  }

  void goneNow(Member member, String why) {
    member.to(ReplicaState.GONE, why, nowNs);
    crew.dismiss(member);
  }

  void explained(long id, String text) {
    Lost lost = unexplained.remove(id);
    if (lost != null) {
      mourn(id, lost, text);
    }
  }

  /// The reason is known: those who waited for it hear it, and its seat remembers it.
  private void mourn(long id, Lost lost, String text) {
    String why = text.isEmpty() ? lost.why() : lost.why() + "; " + text;
    effects.add(new Effect.Tell("replica " + lost.name() + " " + why));
    if (!lost.unserved()) {
      return;
    }
    orders.stopRollout("replica " + lost.name() + " " + why);
    orders.lost(id, "replica " + lost.name() + " " + why);
    Seat seat = seatOf(lost.seat());
    if (seat == null) {
      orders.successorLost("replica " + lost.name() + " " + why);
    } else {
      seat.lastEnd = lost.name() + " " + why;
      Member next = seat.occupant;
      if (next != null && next.launchAtNs > nowNs && next.launchAtNs != Member.NEVER) {
        next.note("starts in " + Times.words(next.launchAtNs - nowNs) + because(seat));
      }
    }
  }

  private @Nullable Seat seatOf(int number) {
    return number == Replica.SPARE ? null : crew.seating.at(number);
  }

  private void tell(Member member, String what) {
    effects.add(new Effect.Tell("replica " + member.name + " " + what));
  }
}
