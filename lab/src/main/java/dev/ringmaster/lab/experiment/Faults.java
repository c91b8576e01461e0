package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.load.LoadPlan;
import dev.ringmaster.lab.load.LoadResult;
import dev.ringmaster.lab.load.RunningLoad;
import dev.ringmaster.lab.load.Sample;
import dev.ringmaster.lab.product.ProductFailure;
import dev.ringmaster.lab.product.ReplicaKind;
import dev.ringmaster.lab.product.Ringmaster;
import dev.ringmaster.lab.product.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// every endpoint exercised, replicas killed under steady load, and a storm of changes.
public final class Faults {
  private static final int STEADY_PER_SECOND = 1000;
  private static final int STEADY_CONNECTIONS = 50;

  /// The longest that a steady load may last, in seconds; a bound, never reached when kills heal.
  private static final int STEADY_LIMIT_SECONDS = 300;

  private static final Duration HEAL_LIMIT = Duration.ofSeconds(60);
  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final int SHOWN_AFTER_MS = 1500;
  private static final int ROUNDS = 3;

  /// The storm's rate is chosen so that it lasts this long.
  private static final int STORM_SECONDS = 4;

  private Faults() {}

  /// How many steps of progress A-3 takes.
  public static int steps(boolean quick) {
    return 2 + 2 * (quick ? 1 : ROUNDS);
  }

  /// Runs all of A-3.
  public static FaultRun run(Bench bench) throws ProductFailure, InterruptedException {
    bench.progress().step("A-3: every endpoint");
    List<EndpointCheck> checks;
    try (Ringmaster ringmaster = up(bench, 0)) {
      checks = Endpoints.check(ringmaster, bench.replicas());
    }
    List<Kill> kills = new ArrayList<>();
    List<LoadSummary> loads = new ArrayList<>();
    for (int spares = 0; spares <= 1; spares++) {
      for (int round = 0; round < (bench.quick() ? 1 : ROUNDS); round++) {
        bench.progress().step("A-3: kills under load, %d spares".formatted(spares));
        loads.add(killEach(bench, spares, kills));
      }
    }
    bench.progress().step("A-3: a kill, an add and a remove under load");
    return new FaultRun(checks, kills, loads, storm(bench));
  }

  private static Ringmaster up(Bench bench, int spares)
      throws ProductFailure, InterruptedException {
    List<String> options = new ArrayList<>(bench.kind().options());
    options.addAll(List.of("--replicas", Integer.toString(bench.replicas())));
    options.addAll(List.of("--spares", Integer.toString(spares)));
    Ringmaster ringmaster = Ringmaster.up(bench.program(), options);
    try {
      ringmaster.control().await(status -> status.whole(spares), HEAL_LIMIT);
      return ringmaster;
    } catch (ProductFailure | InterruptedException e) {
      ringmaster.close();
      throw e;
    }
  }

  /// Kills each of the first replicas once, one after the other, under one steady load. A seat is
  /// hit once only, so that no restart waits for a back-off.
  private static LoadSummary killEach(Bench bench, int spares, List<Kill> into)
      throws ProductFailure, InterruptedException {
    try (Ringmaster ringmaster = up(bench, spares);
        ServingWatch watch = ServingWatch.start(ringmaster.control().another())) {
      List<Status.ReplicaStatus> victims = ringmaster.control().status().replicas();
      RunningLoad load = RunningLoad.start(steady(bench, ringmaster), System::nanoTime);
      List<Struck> struck = new ArrayList<>();
      try {
        for (Status.ReplicaStatus victim : victims) {
          Thread.sleep(SETTLE);
          struck.add(strike(bench.kind(), ringmaster, watch, victim));
          ringmaster.control().await(status -> status.whole(spares), HEAL_LIMIT);
        }
        Thread.sleep(SETTLE);
      } finally {
        load.stop();
      }
      LoadResult result = load.result();
      for (Struck one : struck) {
        into.add(kill(one, spares, result, watch.samples()));
      }
      return LoadSummary.of(result);
    }
  }

  private record Struck(String victim, long killedNs, long healedNs) {}

  private static Struck strike(
      ReplicaKind kind, Ringmaster ringmaster, ServingWatch watch, Status.ReplicaStatus victim)
      throws ProductFailure, InterruptedException {
    ReplicaKind.Blow blow = kind.aim(ringmaster, victim);
    long killedNs = System.nanoTime();
    blow.strike();
    while (System.nanoTime() - killedNs < HEAL_LIMIT.toNanos()) {
      ServingWatch.Seen seen = watch.newest();
      if (seen != null && seen.atNs() > killedNs && healed(seen.status(), victim.name())) {
        return new Struck(victim.name(), killedNs, seen.atNs());
      }
      Thread.sleep(1);
    }
    throw new ProductFailure(
        "%d s after %s was killed the fleet is not whole; last seen: %s"
            .formatted(HEAL_LIMIT.toSeconds(), victim.name(), watch.newest()));
  }

  /// Whether N serve and the victim is none of them.
  static boolean healed(Status status, String victim) {
    return status.serving() == status.n() && !status.serves(victim);
  }

  private static Kill kill(
      Struck struck, int spares, LoadResult result, List<ServingWatch.Seen> seen) {
    long untilNs = struck.healedNs + SETTLE.toNanos();
    List<Sample> during =
        result.samples().stream()
            .filter(sample -> sample.endNs() >= struck.killedNs && sample.endNs() < untilNs)
            .toList();
    Timeline.Window window =
        new Timeline.Window(struck.killedNs, (int) SETTLE.toMillis(), SHOWN_AFTER_MS);
    return new Kill(
        struck.victim,
        spares,
        (struck.healedNs - struck.killedNs) / 1e6,
        during.size(),
        during.stream().filter(sample -> !sample.good()).count(),
        during.stream().mapToLong(Sample::latencyNs).max().orElse(0) / 1e6,
        Timeline.of(result, seen, window));
  }

  private static LoadPlan steady(Bench bench, Ringmaster ringmaster) {
    LoadPlan plan = bench.plan(ringmaster.traffic(), STEADY_PER_SECOND);
    return new LoadPlan(
        plan.target(),
        STEADY_PER_SECOND * STEADY_LIMIT_SECONDS,
        STEADY_CONNECTIONS,
        STEADY_PER_SECOND,
        plan.timeout(),
        plan.request());
  }

  private static Storm storm(Bench bench) throws ProductFailure, InterruptedException {
    try (Ringmaster ringmaster = up(bench, 0)) {
      Status.ReplicaStatus victim = ringmaster.control().status().replicas().getFirst();
      ReplicaKind.Blow blow = bench.kind().aim(ringmaster, victim);
      int perSecond = Math.max(1, bench.requests() / STORM_SECONDS);
      LoadPlan plan = bench.plan(ringmaster.traffic(), perSecond);
      long startNs = System.nanoTime();
      RunningLoad load = RunningLoad.start(plan, System::nanoTime);
      List<String> events = new ArrayList<>();
      Thread.sleep(SETTLE);
      blow.strike();
      events.add("%s killed at %s".formatted(victim.name(), since(startNs)));
      Thread.sleep(SETTLE);
      ringmaster.control().command("/api/add", "{\"n\":1,\"hostnames\":[\"lab-added\"]}");
      events.add("lab-added serves at %s".formatted(since(startNs)));
      String last = "S" + bench.replicas();
      String remove = "{\"n\":1,\"hostnames\":[\"%s\"]}".formatted(last);
      ringmaster.control().command("/api/rm", remove);
      events.add("%s out at %s".formatted(last, since(startNs)));
      LoadResult result = load.result();
      Status end = ringmaster.control().await(status -> status.whole(0), HEAL_LIMIT);
      return new Storm(LoadSummary.of(result), events, end.serving(), end.n());
    }
  }

  private static String since(long startNs) {
    return (System.nanoTime() - startNs) / 1_000_000 + " ms";
  }
}
