package dev.ringmaster.fleet;

import dev.ringmaster.fleet.Opening.Sitting;
import dev.ringmaster.fleet.Seating.Seat;
import dev.ringmaster.fleet.plan.Action;
import dev.ringmaster.fleet.plan.Names;
import dev.ringmaster.fleet.plan.Planner;
import dev.ringmaster.fleet.store.FleetFile;
import dev.ringmaster.fleet.store.FleetFile.SeatWeight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keeps a fleet as it was commanded: hears what happened, obeys commands, plans, and lets each
/// replica live its [Life].
///
/// A supervisor hears events and answers with effects, and touches nothing else: no thread, no
/// clock, no disk, no process. [Fleet] runs it in the real world, the simulation in an imagined
/// one. One caller at a time; times count from any start, in ns, and never fall.
final class Supervisor {
  /// How often a draining replica is asked whether its requests have ended.
  private static final long DRAIN_POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);

  /// Plans that may follow from one another in one step: a kill, the filling of its seat, the spare
  /// behind it. More would be a circle.
  private static final int MAX_PLANS = 8;

  /// How often a stopping fleet tries to write its file, a second apart, before it stops without.
  private static final int LAST_SAVES = 3;

  private final FleetSettings settings;
  private final boolean fixed;
  private final RandomGenerator random;
  private final Crew crew;
  private final Orders orders = new Orders();
  private final Journal journal = new Journal();
  private final Life life;
  private final Retargeting retargeting;

  private Phase phase = Phase.RUNNING;
  private long nowNs;
  private int desired;
  private @Nullable Command inSave;
  private int seatInSave;
  private int failedLastSaves;
  private FleetFile file;
  private FleetView view;
  private long shownChanges;
  private Tally shownTally = Tally.NONE;

  private enum Phase {
    RUNNING,
    CLOSING
  }

  /// A supervisor whose first step starts or watches what the opening names.
  ///
  /// @param origin the time at 0 ns
  /// @param ready answered when all replicas of the opening serve
  /// @throws dev.ringmaster.ring.RingFullException if the scheme cannot hold them all
  Supervisor(
      FleetSettings settings,
      Opening opening,
      Instant origin,
      RandomGenerator random,
      CompletableFuture<FleetView> ready) {
    this.settings = settings;
    this.fixed = opening.kind() == Opening.Kind.GIVEN;
    this.random = random;
    this.desired = opening.desired();
    this.crew = new Crew(settings, new Seating(settings.scheme(), opening.places()), origin);
    this.life = new Life(settings, random, crew, orders, opening.sittings().size());
    this.retargeting = new Retargeting(crew, life);
    List<Long> awaited = new ArrayList<>();
    for (Sitting sitting : opening.sittings()) {
      Member member = crew.enlist(sitting.name(), sitting.seat(), nowNs);
      if (sitting.seat() != Replica.SPARE) {
        Opening.Place place = opening.places().get(sitting.seat());
        Seat seat = crew.seating.open(sitting.seat(), place.given(), place.weight());
        seat.occupant = member;
        awaited.add(member.id);
      }
      if (sitting.instance() != null) {
        life.adopt(member, sitting.instance());
      }
    }
    crew.seating.requireRoom();
    orders.awaitServing(ready, awaited);
    view = crew.view(desired, nowNs);
    file = crew.file(desired);
    shownChanges = crew.changes();
  }

  /// The newest view.
  FleetView view() {
    return view;
  }

  /// Hears one event; what is to be done about it, in order.
  List<Effect> step(Event event, long now) {
    nowNs = now;
    life.at(now);
    hear(event);
    if (phase == Phase.RUNNING) {
      obey();
      plan();
      roll();
    }
    for (Member member : crew.everyone()) {
      life.launchIfDue(member);
      life.beatIfDue(member);
      life.haltIfDue(member);
      life.shares().progress(member, now);
    }
    life.shares().pardonIfNoneIsLeft(now);
    List<Effect> effects = new ArrayList<>();
    publish(effects);
    effects.addAll(life.effects());
    life.effects().clear();
    keep(effects);
    answer(effects);
    return effects;
  }

  /// When the next step is due if nothing happens, on the clock of [#step].
  long nextStepNs() {
    long next = journal.againNs();
    for (Member member : crew.all()) {
      next = Math.min(next, nextStepNs(member));
    }
    return next;
  }

  private long nextStepNs(Member member) {
    return switch (member.state()) {
      case STARTING, PROBING -> Math.min(bootStepNs(member), member.beatAtNs);
      case SERVING, SUSPECT -> Math.min(member.beatAtNs, life.shares().nextStepNs(member, nowNs));
      case DRAINING -> life.waitsToHalt(member) ? nowNs + DRAIN_POLL_NS : Member.NEVER;
      case GONE -> Member.NEVER;
    };
  }

  private long bootStepNs(Member member) {
    if (member.launchedNs == Member.NEVER) {
      return Math.max(member.launchAtNs, nowNs + DRAIN_POLL_NS);
    }
    return fixed ? Member.NEVER : member.launchedNs + settings.health().startTimeout().toNanos();
  }

  private void hear(Event event) {
    switch (event) {
      case Event.Tick() -> {}
      case Event.Ordered(var command) -> take(command);
      case Event.Started(long id, var instance) -> life.started(id, instance);
      case Event.StartFailed(long id, String why) -> life.startFailed(id, why);
      case Event.Seen(long id, var sign) -> life.seen(id, sign);
      case Event.Reported(var replica, var symptom) -> life.reported(replica, symptom);
      case Event.Exited(var exit) -> life.exited(exit);
      case Event.Explained(long id, String text) -> life.explained(id, text);
      case Event.Stopped(long id) -> life.stopped(id);
      case Event.Saved(long revision) -> saved();
      case Event.SaveFailed(long revision, String why) -> saveFailed(why);
      case Event.Closing() -> closing();
    }
  }

  private void take(Command command) {
    if (phase == Phase.CLOSING) {
      orders.refuse(command, "Ringmaster is stopping");
    } else {
      orders.take(command);
    }
  }

  /// Commands have their turn one after another. Those that change N wait for the disk: durable
  /// before visible.
  private void obey() {
    while (inSave == null) {
      Command command = orders.next();
      if (command == null) {
        return;
      }
      String refusal = refusal(command);
      if (refusal != null) {
        orders.refuse(command, refusal);
      } else {
        obey(command);
      }
    }
  }

  private @Nullable String refusal(Command command) {
    return switch (command) {
      case Command.Add(int n, var names, var reply) -> {
        String broken =
            fixed
                ? Rules.FIXED
                : Rules.add(n, names, crew.names(false), desired, settings.maxReplicas());
        yield broken != null ? broken : crew.seating.whyNoRoomFor(n);
      }
      case Command.Remove(int n, var names, var reply) ->
          fixed ? Rules.FIXED : Rules.remove(n, names, seatedNames(), desired);
      case Command.Drain(String name, var reply) -> {
        Member member = seated(name);
        yield member != null && !member.stays()
            ? "replica '" + name + "' is drained already"
            : Rules.unknown(List.of(name), seatedNames());
      }
      case Command.Weigh(String name, double weight, var reply) -> {
        Member member = seated(name);
        yield member == null
            ? Rules.unknown(List.of(name), seatedNames())
            : Rules.weigh(weight, settings.scheme(), crew.seating.weightBeside(member.seat()));
      }
      case Command.Restart(var reply) -> refusalOfRestart();
      case Command.Retarget(var targets, var reply) ->
          fixed ? retargeting.refusal(targets) : Rules.NOT_GIVEN;
      case Command.Undrain(String name, var reply) -> {
        Member member = seated(name);
        yield member == null || member.state() != ReplicaState.DRAINING
            ? "replica '" + name + "' is not drained"
            : null;
      }
    };
  }

  private @Nullable String refusalOfRestart() {
    Rollout rollout = orders.rollout();
    if (fixed) {
      return Rules.FIXED_LIVES;
    }
    return rollout == null
        ? null
        : "a rolling restart is under way: " + rollout.progress() + " are new";
  }

  private void obey(Command command) {
    switch (command) {
      case Command.Add add -> inSave = add;
      case Command.Remove remove -> inSave = remove;
      case Command.Weigh weigh ->
          keep(weigh, crew.seating.openAt(seatedOrFail(weigh.name()).seat()));
      case Command.Restart restart -> restart(restart);
      case Command.Retarget(var targets, var reply) -> {
        desired = targets.size();
        retargeting.to(targets, nowNs);
        orders.done(command);
      }
      case Command.Drain(String name, var reply) -> drain(command, seatedOrFail(name));
      case Command.Undrain(String name, var reply) -> undrain(command, seatedOrFail(name));
    }
  }

  private void saved() {
    FleetFile written = journal.saved();
    Command command = inSave;
    if (command == null || written == null || !tells(written, command)) {
      return;
    }
    inSave = null;
    desired = desiredAfter(command);
    switch (command) {
      case Command.Add add -> add(add);
      case Command.Remove remove -> remove(remove);
      case Command.Weigh weigh -> weigh(weigh);
      case Command.Drain _, Command.Undrain _, Command.Restart _, Command.Retarget _ ->
          throw new IllegalStateException("not kept on the disk: " + command);
    }
  }

  private void saveFailed(String why) {
    Command command = inSave;
    inSave = null;
    journal.failed(nowNs);
    failedLastSaves += phase == Phase.CLOSING ? 1 : 0;
    if (command != null) {
      orders.refuse(command, "it cannot be kept on the disk: " + why);
    } else {
      life.effects().add(new Effect.Tell("the fleet's file cannot be written: " + why));
    }
  }

  /// The disk has it already if the seat has that weight.
  private void keep(Command.Weigh command, Seat seat) {
    if (seat.weight == command.weight()) {
      orders.done(command);
    } else {
      seatInSave = seat.number;
      inSave = command;
    }
  }

  /// What the disk is to hold before this command is done.
  private FleetFile fileAfter(Command command) {
    FleetFile after = crew.file(desiredAfter(command));
    return command instanceof Command.Weigh weigh ? after.weighted(weightInSave(weigh)) : after;
  }

  /// Whether what was written tells of this command: an earlier write may end while it waits.
  private boolean tells(FleetFile written, Command command) {
    return command instanceof Command.Weigh weigh
        ? written.equals(written.weighted(weightInSave(weigh)))
        : written.desired() == desiredAfter(command);
  }

  private SeatWeight weightInSave(Command.Weigh command) {
    Seat seat = crew.seating.openAt(seatInSave);
    return new SeatWeight(seat.number, command.weight(), seat.given);
  }

  private void weigh(Command.Weigh command) {
    crew.seating.openAt(seatInSave).weight = command.weight();
    crew.changed();
    String told = "seat " + seatInSave + " has the weight " + command.weight();
    life.effects().add(new Effect.Tell(told));
    orders.done(command);
  }

  private int desiredAfter(Command command) {
    return switch (command) {
      case Command.Add add -> desired + add.n();
      case Command.Remove remove -> desired - remove.n();
      case Command.Weigh _,
          Command.Drain _,
          Command.Undrain _,
          Command.Restart _,
          Command.Retarget _ ->
          desired;
    };
  }

  private void add(Command.Add command) {
    List<Long> newcomers = new ArrayList<>();
    for (int i = 0; i < command.n(); i++) {
      String name = i < command.names().size() ? command.names().get(i) : freshName();
      Seat seat = crew.seating.openLowest();
      Member member = crew.enlist(name, seat.number, nowNs);
      seat.occupant = member;
      newcomers.add(member.id);
    }
    orders.awaitServing(command.reply(), newcomers);
  }

  /// The named ones, and the rest drawn uniformly: a partial Fisher-Yates shuffle. A named one that
  /// ended while N was written has left its seat to another; one is drawn in its stead.
  private void remove(Command.Remove command) {
    List<Seat> others = new ArrayList<>();
    Set<String> named = new HashSet<>(command.names());
    int removed = 0;
    for (Seat seat : crew.seating.open()) {
      if (seat.occupant != null && named.contains(seat.occupant.name)) {
        removeSeat(seat);
        removed++;
      } else {
        others.add(seat);
      }
    }
    int rest = command.n() - removed;
    for (int i = 0; i < rest; i++) {
      int drawn = random.nextInt(i, others.size());
      Collections.swap(others, i, drawn);
      removeSeat(others.get(i));
    }
    orders.done(command);
  }

  private void removeSeat(Seat seat) {
    Member member = seat.occupant;
    crew.seating.close(seat.number);
    if (member != null) {
      life.effects().add(new Effect.Tell("replica " + member.name + " is removed"));
      life.release(member, "removed");
    }
  }

  /// The successor comes first, as one more spare, so that each key moves once.
  private void drain(Command command, Member member) {
    if (fixed) {
      member.to(ReplicaState.DRAINING, "drained", nowNs);
      orders.done(command);
    } else if (orders.leaving(member.id)) {
      orders.refuse(command, "replica '" + member.name + "' is being drained already");
    } else {
      orders.awaitHandover(command.reply(), member.id);
    }
  }

  /// A new life for the same target.
  private void undrain(Command command, Member member) {
    Seat seat = crew.seating.at(member.seat());
    if (seat != null && member.instance() != null) {
      life.goneNow(member, "watched again");
      Member again = crew.enlist(member.name, member.seat(), nowNs);
      seat.occupant = again;
      life.adopt(again, member.instance());
    }
    orders.done(command);
  }

  /// All that there are now are replaced; spares at once, since no key is theirs.
  private void restart(Command.Restart command) {
    List<Long> seated = new ArrayList<>();
    for (Member member : crew.everyone()) {
      if (member.seat() != Replica.SPARE) {
        seated.add(member.id);
      } else if (member.stays()) {
        life.release(member, "restarted");
      }
    }
    orders.begin(new Rollout(command.reply(), seated));
  }

  /// The next replica of a rolling restart has its turn when all seats serve and are warm.
  private void roll() {
    Rollout rollout = orders.rollout();
    if (rollout == null || rollout.busy() || !crew.settled()) {
      return;
    }
    Long next = rollout.next();
    while (next != null && crew.seatless(next)) {
      rollout.replaced();
      next = rollout.next();
    }
    life.effects().add(new Effect.Tell("rolling restart: " + rollout.progress() + " are new"));
    if (next == null) {
      orders.rolloutDone();
    }
    plan();
  }

  private void plan() {
    for (int i = 0; i < MAX_PLANS && !fixed; i++) {
      List<Action> actions = Planner.plan(crew.situation(orders::leaving), nowNs);
      if (actions.isEmpty()) {
        return;
      }
      actions.forEach(this::act);
    }
  }

  private void act(Action action) {
    switch (action) {
      case Action.Fill(int seat, String reason) -> life.launch(freshName(), seat);
      case Action.AddSpare(String reason) -> life.launch(freshName(), Replica.SPARE);
      case Action.Promote(long spare, int seat, String reason) -> life.promote(spare, seat, reason);
      case Action.Kill(long id, String reason) -> life.kill(crew.get(id), reason);
      case Action.Replace(long id, String reason) -> life.replace(crew.get(id), reason);
      case Action.GiveUp(long id, String reason) -> life.giveUp(crew.get(id), reason);
      case Action.Retire(long id, String reason) -> life.release(crew.get(id), reason);
    }
  }

  /// Ringmaster stops: all drain and stop, unless they are to run on.
  private void closing() {
    if (phase == Phase.CLOSING) {
      return;
    }
    phase = Phase.CLOSING;
    Command command = inSave;
    if (command != null) {
      orders.refuse(command, "Ringmaster is stopping");
      inSave = null;
    }
    orders.refuseAll("Ringmaster is stopping");
    file = crew.file(desired);
    if (settings.leaveRunning() || fixed) {
      crew.everyone().forEach(crew::dismiss);
      return;
    }
    file = file.stopped();
    for (Member member : crew.everyone()) {
      if (member.stays()) {
        life.release(member, "Ringmaster stops");
      }
    }
  }

  /// Whether it has closed: nothing runs and the disk knows, or does not take it.
  boolean finished() {
    boolean kept = journal.holds(file) || failedLastSaves >= LAST_SAVES;
    return phase == Phase.CLOSING && crew.isEmpty() && kept;
  }

  /// Given targets run on when their fleet closes: the last view has them still.
  private void publish(List<Effect> effects) {
    if (fixed && phase == Phase.CLOSING) {
      return;
    }
    boolean weighed = crew.weigh(nowNs);
    if (weighed || shownChanges != crew.changes() || !shownTally.equals(life.tally())) {
      shownChanges = crew.changes();
      shownTally = life.tally();
      view = crew.view(desired, nowNs);
      effects.add(new Effect.Publish(view, shownTally));
    }
  }

  /// While it closes, the file stays as it was when the closing began.
  private void keep(List<Effect> effects) {
    if (phase == Phase.RUNNING) {
      file = inSave == null ? crew.file(desired) : fileAfter(inSave);
    }
    Effect.Save save = journal.due(file, nowNs);
    if (save != null) {
      effects.add(save);
    }
  }

  private void answer(List<Effect> effects) {
    for (Orders.Answer answer : orders.answers()) {
      effects.add(new Effect.Reply(answer.to(), view, answer.failure()));
    }
  }

  private String freshName() {
    Set<String> taken = crew.names(true);
    if (inSave instanceof Command.Add add) {
      taken.addAll(add.names());
    }
    return Names.fresh(settings.prefix(), taken, random);
  }

  private Set<String> seatedNames() {
    Set<String> names = new HashSet<>();
    crew.seated().forEach(member -> names.add(member.name));
    return names;
  }

  private @Nullable Member seated(String name) {
    for (Member member : crew.seated()) {
      if (member.name.equals(name)) {
        return member;
      }
    }
    return null;
  }

  private Member seatedOrFail(String name) {
    Member member = seated(name);
    if (member == null) {
      throw new IllegalStateException("no replica " + name);
    }
    return member;
  }
}
