package dev.ringmaster.console.metrics;

import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.SeatTotals;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// A service's exchanges as metrics, one series a seat.
final class TrafficMetrics {
  private static final double NANOS = 1e9;

  private TrafficMetrics() {}

  static List<MetricSnapshot> of(LedgerTotals totals) {
    Labels service = Labels.of("service", totals.service());
    return List.of(
        Point.counter(
            "ringmaster_requests",
            "Answers to clients by seat and status class; seat none: no replica was reached.",
            requests(totals)),
        durations(totals),
        Point.counter(
            "ringmaster_retries",
            "Tries at a seat that were followed by another.",
            bySeat(totals, SeatTotals::retries)),
        Point.counter(
            "ringmaster_spills",
            "Requests a seat got because a seat before it was full.",
            bySeat(totals, SeatTotals::spills)),
        Point.counter(
            "ringmaster_request_body_bytes",
            "Body bytes from clients.",
            bySeat(totals, SeatTotals::bytesIn)),
        Point.counter(
            "ringmaster_response_body_bytes",
            "Body bytes to clients.",
            bySeat(totals, SeatTotals::bytesOut)),
        Point.gauge(
            "ringmaster_requests_in_flight",
            "Exchanges open now.",
            List.of(new Point(service, totals.inFlight()))),
        Point.gauge(
            "ringmaster_client_connections",
            "Client connections open now.",
            List.of(new Point(service, totals.connections()))));
  }

  private static List<Point> requests(LedgerTotals totals) {
    List<Point> points = new ArrayList<>();
    addByStatus(points, totals.service(), "none", totals.unrouted());
    for (SeatTotals seat : totals.seats()) {
      addByStatus(points, totals.service(), Integer.toString(seat.seat()), seat.byStatusClass());
    }
    return points;
  }

  private static void addByStatus(
      List<Point> points, String service, String seat, List<Long> byStatusClass) {
    for (int i = 0; i < byStatusClass.size(); i++) {
      String status = (i + 1) + "xx";
      points.add(
          new Point(
              Labels.of("service", service, "seat", seat, "status", status), byStatusClass.get(i)));
    }
  }

  private static List<Point> bySeat(LedgerTotals totals, ToLongFunction<SeatTotals> count) {
    List<Point> points = new ArrayList<>();
    for (SeatTotals seat : totals.seats()) {
      points.add(new Point(labels(totals, seat), count.applyAsLong(seat)));
    }
    return points;
  }

  private static HistogramSnapshot durations(LedgerTotals totals) {
    double[] bounds = bounds();
    HistogramSnapshot.Builder family =
        HistogramSnapshot.builder()
            .name("ringmaster_request_duration_seconds")
            .help("Time from a request's first byte to its answer's last.");
    for (SeatTotals seat : totals.seats()) {
      long[] counts = seat.durationCounts().stream().mapToLong(Long::longValue).toArray();
      family.dataPoint(
          HistogramDataPointSnapshot.builder()
              .labels(labels(totals, seat))
              .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
              .sum(seat.durationSumNs() / NANOS)
              .build());
    }
    return family.build();
  }

  /// The ledger's bounds in seconds, and infinity for its last bucket.
  private static double[] bounds() {
    List<Long> boundsNs = SeatTotals.BOUNDS_NS;
    double[] bounds = new double[boundsNs.size() + 1];
    for (int i = 0; i < boundsNs.size(); i++) {
      bounds[i] = boundsNs.get(i) / NANOS;
    }
    bounds[boundsNs.size()] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  private static Labels labels(LedgerTotals totals, SeatTotals seat) {
    return Labels.of("service", totals.service(), "seat", Integer.toString(seat.seat()));
  }
}
