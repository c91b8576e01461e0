package dev.ringmaster.lab.report;

import dev.ringmaster.lab.experiment.BalanceRun;
import dev.ringmaster.lab.experiment.Computed;
import dev.ringmaster.lab.experiment.Contest;
import dev.ringmaster.lab.experiment.EndpointCheck;
import dev.ringmaster.lab.experiment.FaultRun;
import dev.ringmaster.lab.experiment.Kill;
import dev.ringmaster.lab.experiment.LoadSummary;
import dev.ringmaster.lab.experiment.Moved;
import dev.ringmaster.lab.experiment.Storm;
import dev.ringmaster.lab.experiment.Timeline;
import dev.ringmaster.lab.load.Latency;
import dev.ringmaster.lab.stats.Spread;
import dev.ringmaster.ring.Balance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Findings as a run might have made them.
final class Found {
  static final String NASTY = "<script src=http://evil.example/x.js></script>,\"=1+1\"";

  private Found() {}

  /// @param text stands wherever a program under test could put its own
  static Findings all(String text) {
    List<BalanceRun> growth = new ArrayList<>();
    for (String scheme : List.of("seats", "classic")) {
      for (int size = 2; size <= 6; size++) {
        growth.add(balance(scheme, size));
      }
    }
    return new Findings(
        environment(text),
        List.of(balance("seats", 3), balance("classic", 3)),
        growth,
        faults(text),
        contest(text));
  }

  /// Findings of a run in which only A-1 was asked for.
  static Findings handledOnly() {
    return new Findings(environment("java"), List.of(balance("seats", 3)), List.of(), null, null);
  }

  private static Environment environment(String text) {
    return new Environment(
        "2026-01-02T03:04:05Z", text, text, 2, text, "Linux", "25", "0.1.0", 10_000, 100, 1, false);
  }

  static BalanceRun balance(String scheme, int replicas) {
    List<BalanceRun.ReplicaLoad> loads = new ArrayList<>();
    long[] counts = new long[replicas];
    for (int i = 0; i < replicas; i++) {
      counts[i] = 10_000L / replicas + i;
      loads.add(
          new BalanceRun.ReplicaLoad(Integer.toString(i + 1), counts[i], 10_000.0 / replicas, 235));
    }
    return new BalanceRun(
        scheme, "xxh3", loads, Spread.of(Balance.of(counts)), 47.1, 1.5, 0.47, load(0));
  }

  private static LoadSummary load(long lost) {
    return new LoadSummary(
        10_000, lost, 12_345.6, new Latency(1, 0.9, 2, 3, 4, 5), Map.of(200, 10_000L), Map.of());
  }

  private static FaultRun faults(String text) {
    List<Timeline.Bin> bins = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      bins.add(new Timeline.Bin(-500 + i * 50.0, 50, i == 10 ? 1 : 0, 3));
    }
    Timeline timeline =
        new Timeline(
            50,
            bins,
            List.of(
                new Timeline.ServingAt(-100, 3),
                new Timeline.ServingAt(8, 2),
                new Timeline.ServingAt(240, 3)));
    return new FaultRun(
        List.of(
            new EndpointCheck("GET /home", 200, "Hello", 200, "Hello from " + text, 1.2),
            new EndpointCheck("GET /other", 400, "<Error>", 404, "{}", 1.2)),
        List.of(
            new Kill("S1", 0, 240, 700, 0, 12, timeline),
            new Kill("S2", 0, 260, 700, 1, 12, timeline),
            new Kill("S1", 1, 30, 700, 0, 9, timeline)),
        List.of(load(1), load(0)),
        new Storm(load(0), List.of(text), 3, 3));
  }

  private static Contest contest(String text) {
    Computed computed =
        new Computed(
            "seats",
            "xxh3",
            List.of(3333L, 3334L, 3335L),
            Spread.of(Balance.of(3333, 3334, 3335)),
            47.1,
            text);
    return new Contest(
        List.of(
            new Contest.Match(balance("seats", 3), computed, true),
            new Contest.Match(balance("ring", 3), computed, false),
            new Contest.Match(balance("jump", 4), computed, true)),
        List.of(computed),
        List.of(new Moved("seats", "one of 6 dies", 1 / 6.0, 0.167, 0)),
        List.of(new Contest.Reference("K = 9", 746, 735)));
  }
}
