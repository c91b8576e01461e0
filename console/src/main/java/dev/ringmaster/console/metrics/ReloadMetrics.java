package dev.ringmaster.console.metrics;

import dev.ringmaster.console.reload.ReloadCounts;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/// The reloads of the settings as metrics.
final class ReloadMetrics {
  private static final double MILLIS = 1e3;

  private ReloadMetrics() {}

  static List<MetricSnapshot> of(ReloadCounts counts) {
    return List.of(
        Point.counter(
            "ringmaster_reloads",
            "Reloads of the settings by result; a refused one changed nothing.",
            List.of(
                new Point(Labels.of("result", "done"), counts.done()),
                new Point(Labels.of("result", "refused"), counts.refused()))),
        Point.gauge(
            "ringmaster_last_reload_timestamp_seconds",
            "When the last reload ended, refused or not, as Unix time; 0 if there was none.",
            List.of(new Point(Labels.EMPTY, counts.last().toEpochMilli() / MILLIS))));
  }
}
