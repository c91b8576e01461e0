package dev.ringmaster.lab.report;

import dev.ringmaster.lab.chart.BarChart;
import dev.ringmaster.lab.experiment.BalanceRun;
import dev.ringmaster.lab.experiment.LoadSummary;
import dev.ringmaster.lab.load.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A-1 in the page.
final class HandledSection {
  private HandledSection() {}

  static void write(Html html, List<BalanceRun> runs) {
    int replicas = runs.getFirst().replicas().size();
    int requests = runs.getFirst().load().requests();
    html.heading("A-1: requests handled by each replica", "a1");
    html.paragraph(
        String.format(
            Locale.ROOT,
            "%,d requests at N = %d, sent side by side; Ringmaster draws a key for each. Theory is"
                + " balls into bins for the scheme seats, the exact count of all six-digit ids for"
                + " the scheme classic. A replica is inside its band if it is within five standard"
                + " deviations of a binomial variable.",
            requests,
            replicas));
    for (BalanceRun run : runs) {
      html.figure(chart(run), caption(run));
    }
    html.table(
        List.of("scheme", "replica", "requests", "expected", "± 5 sigma", "inside"),
        replicas(runs));
    html.table(
        List.of(
            "scheme",
            "std dev",
            "expected std dev",
            "max / mean",
            "chi-square",
            "p",
            "fits the theory"),
        fits(runs));
    html.smallHeading("Throughput and latency");
    html.table(LOAD_HEADER, runs.stream().map(run -> load(run.scheme(), run.load())).toList());
  }

  private static final List<String> LOAD_HEADER =
      List.of(
          "load",
          "requests",
          "lost",
          "requests/s",
          "median ms",
          "p90 ms",
          "p99 ms",
          "p99.9 ms",
          "max ms");

  private static String chart(BalanceRun run) {
    List<BarChart.Bar> bars =
        run.replicas().stream()
            .map(r -> new BarChart.Bar("server " + r.id(), r.requests(), r.expected(), r.band()))
            .toList();
    return new BarChart(
            "A-1, scheme " + run.scheme(),
            "replica (scheme " + run.scheme() + ")",
            "requests",
            bars,
            "expected ± 5 sigma")
        .svg();
  }

  private static String caption(BalanceRun run) {
    return String.format(
        Locale.ROOT,
        "Scheme %s: standard deviation %.0f (theory %.0f), chi-square %.1f, p = %s: %s.",
        run.scheme(),
        run.spread().standardDeviation(),
        run.expectedSpread(),
        run.chiSquare(),
        Numbers.shown(run.p()),
        run.fits() ? "as theory says" : "not what theory says");
  }

  private static List<List<Object>> replicas(List<BalanceRun> runs) {
    List<List<Object>> rows = new ArrayList<>();
    for (BalanceRun run : runs) {
      for (BalanceRun.ReplicaLoad load : run.replicas()) {
        rows.add(
            List.of(
                run.scheme(),
                "server " + load.id(),
                load.requests(),
                load.expected(),
                load.band(),
                Html.Verdict.of(load.within())));
      }
    }
    return rows;
  }

  private static List<List<Object>> fits(List<BalanceRun> runs) {
    return runs.stream()
        .map(run ->
            List.<Object>of(
                run.scheme(),
                run.spread().standardDeviation(),
                run.expectedSpread(),
                run.spread().maxToMean(),
                run.chiSquare(),
                run.p(),
                Html.Verdict.of(run.fits())))
        .toList();
  }

  private static List<Object> load(String name, LoadSummary load) {
    Latency latency = load.latency();
    return List.of(
        name,
        load.requests(),
        load.lost(),
        load.perSecond(),
        latency.p50Ms(),
        latency.p90Ms(),
        latency.p99Ms(),
        latency.p999Ms(),
        latency.maxMs());
  }
}
