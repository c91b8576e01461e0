package dev.ringmaster.lab.report;

import dev.ringmaster.lab.experiment.BalanceRun;
import dev.ringmaster.lab.experiment.Computed;
import dev.ringmaster.lab.experiment.Contest;
import dev.ringmaster.lab.experiment.FaultRun;
import dev.ringmaster.lab.experiment.Kill;
import dev.ringmaster.lab.experiment.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The CSV files of a report, text by file name; one for each table that has something in it.
final class CsvFiles {
  private CsvFiles() {}

  static Map<String, String> of(Findings findings) {
    Map<String, String> files = new LinkedHashMap<>();
    if (!findings.handled().isEmpty()) {
      files.put("a1.csv", loads(findings.handled()));
    }
    if (!findings.growth().isEmpty()) {
      files.put("a2.csv", spreads(findings.growth()));
    }
    FaultRun faults = findings.faults();
    if (faults != null) {
      files.put("a3-endpoints.csv", checks(faults));
      files.put("a3-kills.csv", kills(faults));
      files.put("a3-timeline.csv", timelines(faults));
    }
    Contest contest = findings.contest();
    if (contest != null) {
      files.put(
          "a4-measured.csv", spreads(contest.measured().stream().map(Contest.Match::run).toList()));
      files.put(
          "a4-loads.csv", loads(contest.measured().stream().map(Contest.Match::run).toList()));
      files.put("a4-computed.csv", computed(contest.computed()));
      files.put("a4-movement.csv", moved(contest));
    }
    return files;
  }

  private static String loads(List<BalanceRun> runs) {
    List<List<Object>> rows = new ArrayList<>();
    for (BalanceRun run : runs) {
      for (BalanceRun.ReplicaLoad load : run.replicas()) {
        rows.add(
            List.of(
                run.scheme(),
                run.hash(),
                run.replicas().size(),
                load.id(),
                load.requests(),
                load.expected(),
                load.band()));
      }
    }
    return Csv.of(
        List.of("scheme", "hash", "n", "server", "requests", "expected", "five_sigma"), rows);
  }

  private static String spreads(List<BalanceRun> runs) {
    List<List<Object>> rows = new ArrayList<>();
    for (BalanceRun run : runs) {
      rows.add(
          List.of(
              run.scheme(),
              run.hash(),
              run.replicas().size(),
              run.spread().mean(),
              run.spread().standardDeviation(),
              run.expectedSpread(),
              run.spread().least(),
              run.spread().most(),
              run.spread().maxToMean(),
              run.chiSquare(),
              run.p(),
              run.load().lost(),
              run.load().perSecond(),
              run.load().latency().p50Ms(),
              run.load().latency().p99Ms()));
    }
    return Csv.of(
        List.of(
            "scheme",
            "hash",
            "n",
            "mean",
            "std_dev",
            "expected_std_dev",
            "least",
            "most",
            "max_to_mean",
            "chi_square",
            "p",
            "lost",
            "requests_per_second",
            "p50_ms",
            "p99_ms"),
        rows);
  }

  private static String checks(FaultRun run) {
    List<List<Object>> rows = new ArrayList<>();
    run.checks()
        .forEach(check ->
            rows.add(
                List.of(
                    check.request(),
                    check.expectedStatus(),
                    check.status(),
                    check.text(),
                    check.ms(),
                    check.passed())));
    return Csv.of(List.of("request", "expected_status", "status", "body", "ms", "passed"), rows);
  }

  private static String kills(FaultRun run) {
    List<List<Object>> rows = new ArrayList<>();
    for (Kill kill : run.kills()) {
      rows.add(
          List.of(
              kill.spares(),
              kill.victim(),
              kill.healedMs(),
              kill.requests(),
              kill.lost(),
              kill.worstMs()));
    }
    return Csv.of(List.of("spares", "victim", "healed_ms", "requests", "lost", "worst_ms"), rows);
  }

  private static String timelines(FaultRun run) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < run.kills().size(); i++) {
      Kill kill = run.kills().get(i);
      for (Timeline.Bin bin : kill.timeline().bins()) {
        rows.add(List.of(i, kill.spares(), bin.atMs(), bin.good(), bin.lost(), bin.worstMs()));
      }
    }
    return Csv.of(List.of("kill", "spares", "at_ms", "good", "lost", "worst_ms"), rows);
  }

  private static String computed(List<Computed> computed) {
    List<List<Object>> rows = new ArrayList<>();
    for (Computed one : computed) {
      rows.add(
          List.of(
              one.scheme(),
              one.hash(),
              one.loads().size(),
              one.spread().standardDeviation(),
              one.expectedSpread(),
              one.spread().maxToMean(),
              one.theory()));
    }
    return Csv.of(
        List.of("scheme", "hash", "n", "std_dev", "expected_std_dev", "max_to_mean", "theory"),
        rows);
  }

  private static String moved(Contest contest) {
    List<List<Object>> rows = new ArrayList<>();
    contest
        .moved()
        .forEach(one ->
            rows.add(
                List.of(one.scheme(), one.change(), one.least(), one.moved(), one.needless())));
    return Csv.of(List.of("scheme", "change", "least", "moved", "needless"), rows);
  }
}
