package dev.ringmaster.lab.report;

import dev.ringmaster.lab.chart.LineChart;
import dev.ringmaster.lab.experiment.BalanceRun;
import dev.ringmaster.lab.experiment.Handled;
import dev.ringmaster.lab.stats.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// A-2 in the page.
final class GrowthSection {
  private static final LineChart.Look RATIOS = new LineChart.Look(300, true, List.of());

  private GrowthSection() {}

  static void write(Html html, List<BalanceRun> runs) {
    html.heading("A-2: load a replica while the fleet grows", "a2");
    html.paragraph(
        String.format(
            Locale.ROOT,
            "One running Ringmaster a scheme, grown by /add from N = %d to N = %d; %,d requests at"
                + " each size.",
            runs.getFirst().replicas().size(),
            runs.getLast().replicas().size(),
            runs.getFirst().load().requests()));
    html.figure(
        new LineChart(
                "A-2: average load a replica",
                "N, replicas",
                "requests a replica",
                averages(runs),
                LineChart.Look.PLAIN)
            .svg(),
        "Average requests a replica (line), one standard deviation about it (band), the least and"
            + " the most loaded replica (whiskers).");
    html.figure(
        new LineChart(
                "A-2: standard deviation of the loads",
                "N, replicas",
                "standard deviation",
                deviations(runs),
                RATIOS)
            .svg(),
        "Standard deviation of the loads, measured and by theory, on a logarithmic axis.");
    html.table(
        List.of(
            "scheme",
            "N",
            "average",
            "std dev",
            "expected std dev",
            "least",
            "most",
            "max / mean",
            "p",
            "fits the theory"),
        runs.stream().map(GrowthSection::row).toList());
  }

  private static List<Object> row(BalanceRun run) {
    Spread spread = run.spread();
    return List.of(
        run.scheme(),
        run.replicas().size(),
        spread.mean(),
        spread.standardDeviation(),
        run.expectedSpread(),
        spread.least(),
        spread.most(),
        spread.maxToMean(),
        run.p(),
        Html.Verdict.of(run.fits()));
  }

  private static List<LineChart.Series> averages(List<BalanceRun> runs) {
    List<LineChart.Series> series = new ArrayList<>();
    for (int i = Handled.SCHEMES.size() - 1; i >= 0; i--) {
      String scheme = Handled.SCHEMES.get(i);
      series.add(
          new LineChart.Series(
              scheme, i, LineChart.Drawn.LINE, values(runs, scheme, GrowthSection::average)));
    }
    return series;
  }

  private static LineChart.Value average(BalanceRun run) {
    Spread spread = run.spread();
    double mean = spread.mean();
    double deviation = spread.standardDeviation();
    return new LineChart.Value(
        run.replicas().size(),
        mean,
        Math.max(0, mean - deviation),
        mean + deviation,
        spread.least(),
        spread.most());
  }

  private static List<LineChart.Series> deviations(List<BalanceRun> runs) {
    List<LineChart.Series> series = new ArrayList<>();
    for (int i = 0; i < Handled.SCHEMES.size(); i++) {
      String scheme = Handled.SCHEMES.get(i);
      series.add(
          new LineChart.Series(
              scheme,
              i,
              LineChart.Drawn.LINE,
              values(runs, scheme, run -> at(run, run.spread().standardDeviation()))));
      series.add(
          new LineChart.Series(
              scheme + ", theory",
              i + 2,
              LineChart.Drawn.DASHED,
              values(runs, scheme, run -> at(run, run.expectedSpread()))));
    }
    return series;
  }

  private static LineChart.Value at(BalanceRun run, double y) {
    return LineChart.Value.of(run.replicas().size(), y);
  }

  private static List<LineChart.Value> values(
      List<BalanceRun> runs, String scheme, Function<BalanceRun, LineChart.Value> value) {
    return runs.stream().filter(run -> run.scheme().equals(scheme)).map(value).toList();
  }
}
