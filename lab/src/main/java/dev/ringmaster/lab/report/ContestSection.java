package dev.ringmaster.lab.report;

import dev.ringmaster.lab.chart.DotChart;
import dev.ringmaster.lab.chart.LineChart;
import dev.ringmaster.lab.experiment.BalanceRun;
import dev.ringmaster.lab.experiment.Computed;
import dev.ringmaster.lab.experiment.Contest;
import dev.ringmaster.lab.experiment.Moved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A-4 in the page.
final class ContestSection {
  /// The size of A-1, at which the schemes are compared.
  static final int SIZE = 3;

  private ContestSection() {}

  static void write(Html html, Contest contest) {
    html.heading("A-4: other schemes and hash functions", "a4");
    html.paragraph(
        "The same six-digit request ids through a Ringmaster for each configuration, with the id as"
            + " the key, bounded load off and the bundled servers as targets; beside it what the"
            + " ring library computes for the same ids, and what theory expects. Ring, ketama and"
            + " maglev hash the targets' addresses, which differ from run to run.");
    html.figure(
        dots(contest),
        "Standard deviation of the loads at N = 3, measured through the product, computed by the"
            + " library and expected by theory, on a logarithmic axis. Chance moves a single"
            + " measurement: two thirds lie between half and one and a half times the noise.");
    html.smallHeading("Measured through the product");
    html.table(
        List.of(
            "scheme",
            "hash",
            "N",
            "loads",
            "std dev",
            "computed",
            "theory",
            "max / mean",
            "lost",
            "equal to the library"),
        contest.measured().stream().map(ContestSection::row).toList());
    html.smallHeading("Standard deviation by size, measured");
    html.figure(growth(contest), "A-2 for four schemes: standard deviation against N.");
    html.smallHeading("Every scheme and hash function, computed, N = 3");
    matrix(html, contest);
    html.smallHeading("Keys that a change moves");
    html.table(
        List.of("scheme", "change", "least possible", "moved", "moved needlessly"),
        contest.moved().stream().map(ContestSection::row).toList());
    html.smallHeading("The classic design with random functions");
    html.paragraph(
        "Standard deviation for 10,000 requests at N = 3 and 512 slots, each virtual server on a"
            + " free slot drawn at random: the median of 2,000 such rings beside the contract's"
            + " number.");
    html.table(
        List.of("case", "contract", "computed here"),
        contest.references().stream()
            .map(r -> List.<Object>of(r.what(), r.contract(), r.ours()))
            .toList());
  }

  private static List<Object> row(Contest.Match match) {
    BalanceRun run = match.run();
    String loads =
        run.replicas().stream()
            .map(load -> Long.toString(load.requests()))
            .collect(Collectors.joining(" / "));
    return List.of(
        run.scheme(),
        run.hash(),
        run.replicas().size(),
        loads,
        run.spread().standardDeviation(),
        match.computed().spread().standardDeviation(),
        run.expectedSpread(),
        run.spread().maxToMean(),
        run.load().lost(),
        match.computable() ? Html.Verdict.of(match.exact()) : "secret key");
  }

  private static List<Object> row(Moved moved) {
    return List.of(
        moved.scheme(),
        moved.change(),
        Numbers.percent(moved.least()),
        Numbers.percent(moved.moved()),
        Numbers.percent(moved.needless()));
  }

  private static String dots(Contest contest) {
    List<DotChart.Row> rows =
        contest.measured().stream()
            .filter(match -> match.run().replicas().size() == SIZE)
            .map(match ->
                new DotChart.Row(
                    match.run().scheme() + ", " + match.run().hash(),
                    List.of(
                        match.run().spread().standardDeviation(),
                        match.computed().spread().standardDeviation(),
                        match.run().expectedSpread())))
            .toList();
    return new DotChart(
            "A-4: standard deviation by scheme and hash function",
            "standard deviation of the loads",
            List.of("measured", "computed", "theory"),
            rows)
        .svg();
  }

  private static String growth(Contest contest) {
    List<String> shown = List.of("seats", "classic linear", "ring", "classic 197i+17");
    String usual = contest.measured().getFirst().run().hash();
    List<LineChart.Series> series = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      String scheme = shown.get(i);
      List<LineChart.Value> values =
          contest.measured().stream()
              .map(Contest.Match::run)
              .filter(run -> run.scheme().equals(scheme) && run.hash().equals(usual))
              .map(run ->
                  LineChart.Value.of(run.replicas().size(), run.spread().standardDeviation()))
              .toList();
      series.add(new LineChart.Series(scheme, i, LineChart.Drawn.LINE, values));
    }
    return new LineChart(
            "A-4: standard deviation by size",
            "N, replicas",
            "standard deviation",
            series,
            new LineChart.Look(300, true, List.of()))
        .svg();
  }

  /// One row a scheme, one column a hash function.
  private static void matrix(Html html, Contest contest) {
    Map<String, Map<String, Double>> deviations = new LinkedHashMap<>();
    Map<String, Double> theory = new LinkedHashMap<>();
    for (Computed one : contest.computed()) {
      if (one.loads().size() == SIZE) {
        deviations
            .computeIfAbsent(one.scheme(), _ -> new LinkedHashMap<>())
            .put(one.hash(), one.spread().standardDeviation());
        theory.put(one.scheme(), one.expectedSpread());
      }
    }
    List<String> header = new ArrayList<>(List.of("scheme"));
    deviations.values().stream().findFirst().ifPresent(row -> header.addAll(row.keySet()));
    header.add("theory");
    List<List<Object>> rows = new ArrayList<>();
    deviations.forEach((scheme, row) -> {
      List<Object> cells = new ArrayList<>(List.of(scheme));
      cells.addAll(row.values());
      cells.add(theory.getOrDefault(scheme, Double.NaN));
      rows.add(cells);
    });
    html.table(header, rows);
  }
}
