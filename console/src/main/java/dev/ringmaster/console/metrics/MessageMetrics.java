package dev.ringmaster.console.metrics;

import dev.ringmaster.gateway.ledger.LedgerTotals.MessageTotals;
import dev.ringmaster.queue.control.Refusal;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the gateway has done for the queues, as metrics: requests that it handed in, messages that
/// it carried.
final class MessageMetrics {
  private MessageMetrics() {}

  static List<MetricSnapshot> of(MessageTotals totals) {
    return List.of(
        Point.counter(
            "ringmaster_requests_queued",
            "Requests that became messages because their clients preferred that.",
            List.of(new Point(Labels.EMPTY, totals.accepted()))),
        Point.counter(
            "ringmaster_requests_not_queued",
            "Requests that were to become messages and were refused, by reason.",
            refusals(totals)),
        Point.gauge(
            "ringmaster_messages_carried",
            "Messages on their way to a replica now.",
            List.of(new Point(Labels.EMPTY, totals.carried()))),
        Point.counter(
            "ringmaster_deliveries",
            "Messages that were carried, by outcome.",
            List.of(
                outcome("answered", totals.answered()),
                outcome("broken", totals.broken()),
                outcome("refused", totals.refused()))));
  }

  private static Point outcome(String name, long count) {
    return new Point(Labels.of("outcome", name), count);
  }

  private static List<Point> refusals(MessageTotals totals) {
    List<Point> points = new ArrayList<>();
    for (Refusal reason : Refusal.values()) {
      String name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
      points.add(new Point(Labels.of("reason", name), totals.refusals().getOrDefault(reason, 0L)));
    }
    return points;
  }
}
