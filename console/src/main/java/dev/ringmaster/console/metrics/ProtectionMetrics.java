package dev.ringmaster.console.metrics;

import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.WaitTotals;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// What was done to protect replicas and clients, as metrics.
final class ProtectionMetrics {
  private ProtectionMetrics() {}

  static List<MetricSnapshot> of(LedgerTotals totals) {
    return List.of(
        Point.gauge(
            "ringmaster_requests_waiting",
            "Requests that wait now because every replica is at its limit.",
            waits(totals, WaitTotals::waiting)),
        waitDurations(totals),
        Point.counter(
            "ringmaster_requests_turned_away",
            "Requests answered 503 because every replica was at its limit.",
            waits(totals, WaitTotals::turnedAway)),
        Point.counter(
            "ringmaster_requests_overtime",
            "Requests ended because all of it took too long.",
            waits(totals, WaitTotals::overtime)),
        Point.counter(
            "ringmaster_hedges",
            "Requests that got a second try because the first replica was slow.",
            waits(totals, WaitTotals::hedged)),
        Point.counter(
            "ringmaster_hedges_won",
            "Second tries that began to answer before the first.",
            waits(totals, WaitTotals::hedgeWon)),
        Point.counter(
            "ringmaster_client_connections_refused",
            "Connections closed at once: too many, or too many of one client.",
            List.of(new Point(Labels.EMPTY, totals.refusals().connections()))),
        Point.counter(
            "ringmaster_client_requests_refused",
            "Requests answered 429: too many of one client.",
            List.of(new Point(Labels.EMPTY, totals.refusals().requests()))),
        Point.counter(
            "ringmaster_replicas_untrusted",
            "Tries that ended because TLS with the replica failed or its certificate is not"
                + " trusted.",
            untrusted(totals)),
        Point.counter(
            "ringmaster_access_log_lines_lost",
            "Lines that the access log could not keep.",
            List.of(new Point(Labels.EMPTY, totals.logLinesLost()))));
  }

  private static List<Point> untrusted(LedgerTotals totals) {
    List<Point> points = new ArrayList<>();
    for (ServiceTotals service : totals.services()) {
      points.add(new Point(labels(service), service.untrusted()));
    }
    return points;
  }

  private static Labels labels(ServiceTotals service) {
    return Labels.of("service", service.service());
  }

  private static List<Point> waits(LedgerTotals totals, ToLongFunction<WaitTotals> count) {
    List<Point> points = new ArrayList<>();
    for (ServiceTotals service : totals.services()) {
      points.add(new Point(labels(service), count.applyAsLong(service.waits())));
    }
    return points;
  }

  private static HistogramSnapshot waitDurations(LedgerTotals totals) {
    double[] bounds = TrafficMetrics.bounds();
    HistogramSnapshot.Builder family =
        HistogramSnapshot.builder()
            .name("ringmaster_request_wait_seconds")
            .help("How long requests waited for a place at a replica.");
    for (ServiceTotals service : totals.services()) {
      WaitTotals waits = service.waits();
      if (!waits.durationCounts().isEmpty()) {
        family.dataPoint(
            TrafficMetrics.histogram(
                labels(service), bounds, waits.durationCounts(), waits.durationSumNs()));
      }
    }
    return family.build();
  }
}
