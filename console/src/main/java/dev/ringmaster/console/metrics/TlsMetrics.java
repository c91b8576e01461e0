package dev.ringmaster.console.metrics;

import dev.ringmaster.gateway.tls.TlsReport;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Metrics of TLS towards clients.
final class TlsMetrics {
  private TlsMetrics() {}

  static List<MetricSnapshot> of(TlsReport report) {
    List<Point> failed = new ArrayList<>();
    report
        .handshakes()
        .failed()
        .forEach(
            (failure, count) -> failed.add(new Point(Labels.of("reason", failure.title()), count)));
    Instant expiry = report.notAfter();
    return List.of(
        Point.counter(
            "ringmaster_tls_handshakes",
            "TLS handshakes with clients that succeeded.",
            List.of(new Point(Labels.EMPTY, report.handshakes().done()))),
        Point.counter(
            "ringmaster_tls_failed_handshakes",
            "TLS handshakes with clients that failed, by reason.",
            failed),
        Point.gauge(
            "ringmaster_tls_certificate_expiry_timestamp_seconds",
            "When the certificate in use expires, in seconds since 1970.",
            List.of(new Point(Labels.EMPTY, expiry.getEpochSecond()))));
  }
}
