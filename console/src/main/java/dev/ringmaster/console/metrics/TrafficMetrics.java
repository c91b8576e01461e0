package dev.ringmaster.console.metrics;

import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RouteTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RoutingTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.SeatTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// The exchanges as metrics, one series for each service's seat.
final class TrafficMetrics {
  private static final double NANOS = 1e9;

  private TrafficMetrics() {}

  static List<MetricSnapshot> of(LedgerTotals totals) {
    List<MetricSnapshot> all = new ArrayList<>(exchanges(totals));
    all.addAll(ProtectionMetrics.of(totals));
    return all;
  }

  private static List<MetricSnapshot> exchanges(LedgerTotals totals) {
    return List.of(
        Point.counter(
            "ringmaster_requests",
            "Answers to clients by seat and status class; none: no replica was reached.",
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
        Point.counter(
            "ringmaster_route_requests", "Requests by their route.", byRoute(totals.routing())),
        Point.counter(
            "ringmaster_requests_unrouted",
            "Requests that no service was asked for, by reason.",
            unrouted(totals.routing())),
        Point.gauge(
            "ringmaster_requests_in_flight",
            "Exchanges open now.",
            byService(totals, ServiceTotals::inFlight)),
        Point.gauge(
            "ringmaster_tunnels_open",
            "Connections that left HTTP, such as WebSockets, open now.",
            byService(totals, service -> service.tunnels().open())),
        Point.counter(
            "ringmaster_tunnels",
            "Connections that left HTTP.",
            byService(totals, service -> service.tunnels().opened())),
        Point.gauge(
            "ringmaster_client_connections",
            "Client connections open now.",
            List.of(new Point(Labels.EMPTY, totals.connections()))),
        Point.counter(
            "ringmaster_proxy_headers_refused",
            "Connections closed for a PROXY header that was missing or wrong.",
            List.of(new Point(Labels.EMPTY, totals.refusals().greetings()))),
        Point.counter(
            "ringmaster_clients_shed",
            "Connections closed because memory was short and they took nothing.",
            List.of(new Point(Labels.EMPTY, totals.refusals().shed()))));
  }

  private static List<Point> requests(LedgerTotals totals) {
    List<Point> points = new ArrayList<>();
    addByStatus(points, "none", "none", totals.unrouted());
    for (ServiceTotals service : totals.services()) {
      addByStatus(points, service.service(), "none", service.unseated());
      for (SeatTotals seat : service.seats()) {
        String number = Integer.toString(seat.seat());
        addByStatus(points, service.service(), number, seat.byStatusClass());
      }
    }
    return points;
  }

  private static List<Point> byRoute(RoutingTotals routing) {
    List<Point> points = new ArrayList<>();
    for (RouteTotals route : routing.routes()) {
      points.add(new Point(Labels.of("route", route.route()), route.requests()));
    }
    return points;
  }

  private static List<Point> unrouted(RoutingTotals routing) {
    return List.of(
        new Point(Labels.of("reason", "no-route"), routing.noRoute()),
        new Point(Labels.of("reason", "unclear-path"), routing.unclearPath()));
  }

  private static List<Point> byService(LedgerTotals totals, ToLongFunction<ServiceTotals> count) {
    List<Point> points = new ArrayList<>();
    for (ServiceTotals service : totals.services()) {
      points.add(new Point(Labels.of("service", service.service()), count.applyAsLong(service)));
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
    for (ServiceTotals service : totals.services()) {
      for (SeatTotals seat : service.seats()) {
        points.add(new Point(labels(service, seat), count.applyAsLong(seat)));
      }
    }
    return points;
  }

  private static HistogramSnapshot durations(LedgerTotals totals) {
    double[] bounds = bounds();
    HistogramSnapshot.Builder family =
        HistogramSnapshot.builder()
            .name("ringmaster_request_duration_seconds")
            .help("Time from a request's first byte to its answer's last.");
    for (ServiceTotals service : totals.services()) {
      for (SeatTotals seat : service.seats()) {
        family.dataPoint(durations(labels(service, seat), bounds, seat));
      }
    }
    return family.build();
  }

  private static HistogramDataPointSnapshot durations(
      Labels labels, double[] bounds, SeatTotals seat) {
    return histogram(labels, bounds, seat.durationCounts(), seat.durationSumNs());
  }

  static HistogramDataPointSnapshot histogram(
      Labels labels, double[] bounds, List<Long> durations, long sumNs) {
    long[] counts = durations.stream().mapToLong(Long::longValue).toArray();
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
        .sum(sumNs / NANOS)
        .build();
  }

  /// The ledger's bounds in seconds, and infinity for its last bucket.
  static double[] bounds() {
    List<Long> boundsNs = SeatTotals.BOUNDS_NS;
    double[] bounds = new double[boundsNs.size() + 1];
    for (int i = 0; i < boundsNs.size(); i++) {
      bounds[i] = boundsNs.get(i) / NANOS;
    }
    bounds[boundsNs.size()] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  private static Labels labels(ServiceTotals service, SeatTotals seat) {
    return Labels.of("service", service.service(), "seat", Integer.toString(seat.seat()));
  }
}
