package dev.ringmaster.fleet;

import static dev.ringmaster.fleet.ImaginedWorld.MS;
import static dev.ringmaster.fleet.ImaginedWorld.S;

import dev.ringmaster.fleet.ImaginedWorld.Mood;
import dev.ringmaster.fleet.ImaginedWorld.Proc;
import dev.ringmaster.fleet.store.FleetFile;
import dev.ringmaster.ring.Movement;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Histories of deaths, hangs, commands, bad starts and restarts of Ringmaster, drawn from seeds;
/// the supervisor is the one of production. A seed that fails is told, and repeated alone by
/// `-Dfleet.seed=SEED`; `-Dfleet.histories=N` sets how many there are.
class FleetSimulationTest {
  private static final int HISTORIES = Integer.getInteger("fleet.histories", 10_000);

  @Test
  void everyHistoryKeepsNAndEndsWhole() {
    Long only = Long.getLong("fleet.seed");
    if (only != null) {
      new History(only).play();
      return;
    }
    for (long seed = 1; seed <= HISTORIES; seed++) {
      try {
        new History(seed).play();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("repeat with -Dfleet.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /// One history.
  private static final class History {
    private static final Set<String> GOOD_REASONS =
        Set.of(
            "restarted",
            "removed",
            "handed its seat over",
            "Ringmaster stops",
            "one spare more than wanted");

    private final FleetSettings settings;
    private final ImaginedWorld world;
    private final Map<String, Replica> before = new HashMap<>();
    private final SplittableRandom keys;
    private @Nullable Table tableBefore;
    private long version;
    private int expected;
    private final List<CompletableFuture<FleetView>> drains = new ArrayList<>();
    private @Nullable CompletableFuture<FleetView> pending;
    private int pendingChange;

    History(long seed) {
      SplittableRandom first = new SplittableRandom(~seed);
      keys = new SplittableRandom(seed);
      settings =
          FleetSettings.of("web", first.nextInt(1, 6))
              .withMaxReplicas(12)
              .withSpares(first.nextInt(4) == 0 ? first.nextInt(1, 3) : 0)
              .withSlowStart(Duration.ofSeconds(first.nextInt(3) == 0 ? 7 : 0))
              .withStops(Duration.ofSeconds(3), Duration.ofSeconds(2));
      expected = settings.replicas();
      world = new ImaginedWorld(seed, settings, this::judge);
    }

    void play() {
      world.badStarts = world.chance(0.3) ? 0.1 : 0;
      world.badWrites = world.chance(0.2) ? 0.1 : 0;
      int deeds = world.between(3, 12);
      for (int i = 0; i < deeds; i++) {
        world.run(world.between(1, 6000) * MS);
        disturb();
      }
      calmDown();
      awaitWhole();
      stop();
    }

    private void disturb() {
      Proc proc = world.any();
      switch (world.between(0, 18)) {
        case 0, 1, 2 -> ifAny(proc, world::kill);
        case 3, 4 -> ifAny(proc, p -> world.setMood(p, Mood.HUNG));
        case 5 -> ifAny(proc, p -> world.setMood(p, Mood.SLOW));
        case 6 -> world.running.values().forEach(p -> world.setMood(p, Mood.HUNG));
        case 7 -> world.running.values().forEach(p -> world.setMood(p, Mood.FINE));
        case 8 -> command(world.between(1, 3));
        case 9 -> command(-world.between(1, 3));
        case 10 -> ifAny(proc, p -> drains.add(world.drain(p.instance.name())));
        case 11, 12 -> anySeated(replica -> world.report(replica, Symptom.FAILING));
        case 13 -> anySeated(replica -> world.report(replica, Symptom.UNREACHABLE));
        case 14 -> anySeated(this::weigh);
        case 15 -> drains.add(world.restart());
        case 16 -> ifAny(proc, p -> world.setMood(p, Mood.ERRING));
        default -> {
          settle();
          pending = null; // It died with Ringmaster before it was kept.
          drains.clear();
          before.clear();
          tableBefore = null;
          version = 0;
          world.crash();
        }
      }
    }

    private static void ifAny(@Nullable Proc proc, Consumer<Proc> deed) {
      if (proc != null) {
        deed.accept(proc);
      }
    }

    private void anySeated(Consumer<Replica> deed) {
      List<Replica> seated =
          world.supervisor.view().replicas().stream().filter(r -> r.seat() >= 0).toList();
      if (!seated.isEmpty()) {
        deed.accept(seated.get(world.between(0, seated.size() - 1)));
      }
    }

    private void weigh(Replica replica) {
      if (settle()) {
        drains.add(world.weigh(replica.name(), world.between(0, 4) / 4.0));
      }
    }

    /// One command at a time, so that what is expected of N is certain.
    private void command(int change) {
      if (settle()) {
        pendingChange = change;
        pending = change > 0 ? world.add(change) : world.remove(-change);
      }
    }

    /// Takes the answer to the last command into account; whether there is none that lacks one.
    private boolean settle() {
      CompletableFuture<FleetView> reply = pending;
      if (reply == null) {
        return true;
      }
      FleetFile file = world.remembered();
      boolean kept = file != null && file.desired() == expected + pendingChange;
      boolean refused =
          reply.isCompletedExceptionally() && reply.exceptionNow() instanceof FleetControl.Refusal;
      require(!(reply.isDone() && !refused) || kept, "N was answered for and is not on the disk");
      require(!refused || !kept, "N was refused and is on the disk");
      if (kept) {
        expected += pendingChange;
        pending = null;
        return true;
      }
      pending = refused ? null : reply;
      return refused;
    }

    private void calmDown() {
      world.badStarts = 0;
      world.badWrites = 0;
      for (Proc proc : world.running.values()) {
        if (world.mood(proc) == Mood.SLOW) {
          world.setMood(proc, Mood.FINE);
        }
      }
    }

    private void awaitWhole() {
      long endNs = world.nowNs() + 900 * S;
      while (!whole()) {
        require(
            world.nowNs() < endNs,
            "not whole 15 minutes after the last fault: N " + expected + ", " + described());
        mendWhereAllErr();
        world.run(S);
        settle();
      }
    }

    /// Where all answer with errors none is replaced, since the fault may not be theirs.
    private void mendWhereAllErr() {
      if (world.running.values().stream().allMatch(proc -> world.mood(proc) == Mood.ERRING)) {
        ifAny(world.any(), proc -> world.setMood(proc, Mood.FINE));
      }
    }

    private boolean whole() {
      FleetView view = world.supervisor.view();
      return settle()
          && drains.stream().allMatch(CompletableFuture::isDone)
          && view.desired() == expected
          && view.serving() == expected
          && view.replicas().stream().allMatch(r -> r.state() == ReplicaState.SERVING)
          && view.replicas().stream().allMatch(r -> r.share().warmth() == 1)
          && view.ejected() == 0
          && view.replicas().size() == expected + settings.spares()
          && world.running.size() == expected + settings.spares();
    }

    private String described() {
      FleetView view = world.supervisor.view();
      return view.desired()
          + " desired, "
          + world.running.values().stream().map(p -> p.instance.name()).toList()
          + " running, "
          + view.replicas();
    }

    private void stop() {
      world.close();
      world.run(60 * S);
      require(world.supervisor.finished(), "not closed after a minute");
      require(world.running.isEmpty(), "a stop left processes");
    }

    /// What must hold of every view that is published.
    private void judge(FleetView view) {
      require(view.table().roster().version() >= version, "the table's version fell");
      version = view.table().roster().version();
      FleetFile file = world == null ? null : world.remembered();
      require(file == null || file.desired() == view.desired() || pending != null, "N not durable");
      Set<Integer> seats = new HashSet<>();
      Set<String> staying = new HashSet<>();
      for (Replica replica : view.replicas()) {
        boolean stays = replica.state() != ReplicaState.DRAINING;
        require(!stays || staying.add(replica.name()), "two replicas named " + replica.name());
        require(replica.seat() < 0 || seats.add(replica.seat()), "two on seat " + replica.seat());
        judgeEnd(replica);
      }
      judgeWeights(view, seats);
      judgeMovement(view.table());
      before.clear();
      view.replicas().forEach(replica -> before.put(replica.name(), replica));
    }

    /// No healthy replica is ended but by command, and no slow one for being slow.
    private void judgeEnd(Replica replica) {
      Replica then = before.get(replica.name());
      boolean ends =
          replica.state() == ReplicaState.DRAINING
              && then != null
              && then.state() != ReplicaState.DRAINING;
      if (!ends) {
        return;
      }
      require(
          then.state() != ReplicaState.SERVING || GOOD_REASONS.contains(replica.note()),
          replica.name() + " served and was ended: " + replica.note());
      if (replica.note().startsWith("hung")) {
        for (Proc proc : world.running.values()) {
          boolean meant = proc.instance.name().equals(replica.name());
          require(!meant || !world.knownAsSlow(proc), replica.name() + " was slow and is killed");
        }
      }
    }

    private static void judgeWeights(FleetView view, Set<Integer> seats) {
      Roster roster = view.table().roster();
      List<@Nullable Replica> sitting = view.seats();
      require(sitting.size() == roster.size(), "as many seats as the roster has");
      boolean able = false;
      for (int seat = 0; seat < roster.size(); seat++) {
        Replica replica = sitting.get(seat);
        boolean serves = replica != null && replica.state() == ReplicaState.SERVING;
        int due = serves ? replica.share().inTable() : 0;
        require(roster.weight(seat) == due, "weight of seat " + seat);
        require((replica != null) == seats.contains(seat), "seat " + seat + " told twice");
        able |= serves && replica.share().weight() > 0;
      }
      require(view.ejected() <= 1, "more than one is ejected, of " + roster.size() + " at most 12");
      require(!able || roster.live() > 0, "one serves and the table is empty");
    }

    /// Keys move only to seats that gained weight and from seats that lost some.
    private void judgeMovement(Table table) {
      Table old = tableBefore;
      tableBefore = table;
      if (old != null && old != table) {
        Movement moved = Movement.between(old, table, 8, keys);
        require(moved.needless() == 0, "a key moved needlessly");
      }
    }

    private static void require(boolean holds, String what) {
      if (!holds) {
        throw new AssertionError(what);
      }
    }
  }
}
