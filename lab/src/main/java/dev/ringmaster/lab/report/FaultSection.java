package dev.ringmaster.lab.report;

import dev.ringmaster.lab.chart.LineChart;
import dev.ringmaster.lab.experiment.EndpointCheck;
import dev.ringmaster.lab.experiment.FaultRun;
import dev.ringmaster.lab.experiment.Kill;
import dev.ringmaster.lab.experiment.LoadSummary;
import dev.ringmaster.lab.experiment.Timeline;
import java.util.List;
import java.util.Locale;

/// A-3 in the page.
final class FaultSection {
  private static final int RATE_HEIGHT = 260;
  private static final int SERVING_HEIGHT = 160;

  private FaultSection() {}

  static void write(Html html, FaultRun run) {
    html.heading("A-3: endpoints, and replicas killed under load", "a3");
    html.smallHeading("Every endpoint");
    html.table(
        List.of("request", "status", "expected", "body", "ms", "as the contract says"),
        run.checks().stream().map(FaultSection::row).toList());
    html.smallHeading("A replica killed under steady load");
    html.paragraph(
        "Requests at a fixed rate while replicas are killed (SIGKILL, or docker kill), each seat"
            + " once. The time to heal runs from the kill until the console says that N others"
            + " serve; it is sampled every 10 ms, so the numbers are upper bounds.");
    timeline(html, run, 0);
    timeline(html, run, 1);
    html.table(
        List.of("spares", "killed", "healed after ms", "requests meanwhile", "lost", "worst ms"),
        run.kills().stream().map(FaultSection::row).toList());
    html.table(
        List.of("spares", "kills", "median healed after ms"),
        List.of(median(run, 0), median(run, 1)));
    html.smallHeading("A kill, an add and a remove under load");
    LoadSummary storm = run.storm().load();
    html.paragraph(
        String.format(
            Locale.ROOT,
            "%,d requests at %,.0f a second; %s. Lost: %d. Afterwards %d of N = %d serve.",
            storm.requests(),
            storm.perSecond(),
            String.join(", ", run.storm().events()),
            storm.lost(),
            run.storm().servingAtEnd(),
            run.storm().desiredAtEnd()));
    html.table(
        List.of("answer", "requests"),
        storm.byStatus().entrySet().stream()
            .map(e -> List.<Object>of("status " + e.getKey(), e.getValue()))
            .toList());
  }

  private static List<Object> row(EndpointCheck check) {
    return List.of(
        new Html.Code(check.request()),
        check.status(),
        check.expectedStatus(),
        new Html.Code(check.text()),
        check.ms(),
        Html.Verdict.of(check.passed()));
  }

  private static List<Object> row(Kill kill) {
    return List.of(
        kill.spares(),
        kill.victim(),
        kill.healedMs(),
        kill.requests(),
        kill.lost(),
        kill.worstMs());
  }

  private static List<Object> median(FaultRun run, int spares) {
    long kills = run.kills().stream().filter(kill -> kill.spares() == spares).count();
    return List.of(spares, kills, run.medianHealedMs(spares));
  }

  private static void timeline(Html html, FaultRun run, int spares) {
    run.kills().stream()
        .filter(kill -> kill.spares() == spares)
        .findFirst()
        .ifPresent(kill -> draw(html, kill));
  }

  private static void draw(Html html, Kill kill) {
    Timeline timeline = kill.timeline();
    double perSecond = 1000.0 / timeline.binMs();
    List<LineChart.Mark> marks =
        List.of(new LineChart.Mark(0, "killed"), new LineChart.Mark(kill.healedMs(), "healed"));
    List<LineChart.Series> rates =
        List.of(
            new LineChart.Series(
                "answered with 200",
                0,
                LineChart.Drawn.STEP,
                timeline.bins().stream()
                    .map(bin -> LineChart.Value.of(bin.atMs(), bin.good() * perSecond))
                    .toList()),
            new LineChart.Series(
                "lost",
                1,
                LineChart.Drawn.STEP,
                timeline.bins().stream()
                    .map(bin -> LineChart.Value.of(bin.atMs(), bin.lost() * perSecond))
                    .toList()));
    html.figure(
        new LineChart(
                    "A-3: requests a second about a kill, %d spares".formatted(kill.spares()),
                    "milliseconds after the kill",
                    "requests/s",
                    rates,
                    new LineChart.Look(RATE_HEIGHT, false, marks))
                .svg()
            + serving(kill, marks),
        String.format(
            Locale.ROOT,
            "%s killed with %d spares: whole again after %.0f ms, %d requests lost. Above: requests"
                + " a second in bins of %d ms; below: replicas serving.",
            kill.victim(),
            kill.spares(),
            kill.healedMs(),
            kill.lost(),
            timeline.binMs()));
  }

  private static String serving(Kill kill, List<LineChart.Mark> marks) {
    List<LineChart.Value> values =
        kill.timeline().serving().stream()
            .map(at -> LineChart.Value.of(at.atMs(), at.serving()))
            .toList();
    return new LineChart(
            "A-3: replicas serving about a kill, %d spares".formatted(kill.spares()),
            "milliseconds after the kill",
            "serving",
            List.of(new LineChart.Series("serving", 2, LineChart.Drawn.STEP, values)),
            new LineChart.Look(SERVING_HEIGHT, false, marks))
        .svg();
  }
}
