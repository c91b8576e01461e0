package dev.ringmaster.console.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/// One value of a metric and the labels it goes by.
record Point(Labels labels, double value) {

  /// A counter of these values; its name is written with `_total` after it.
  static CounterSnapshot counter(String name, String help, List<Point> points) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
    for (Point point : points) {
      family.dataPoint(
          CounterDataPointSnapshot.builder().labels(point.labels).value(point.value).build());
    }
    return family.build();
  }

  /// A gauge of these values.
  static GaugeSnapshot gauge(String name, String help, List<Point> points) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    for (Point point : points) {
      family.dataPoint(
          GaugeDataPointSnapshot.builder().labels(point.labels).value(point.value).build());
    }
    return family.build();
  }
}
