package dev.ringmaster.console.metrics;

import dev.ringmaster.console.queue.show.Sums;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.QueueView.ShardView;
import dev.ringmaster.queue.control.QueueView.SubscriptionView;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The queues as metrics: of each subscription the sums of its shards; of each shard only where
/// that is asked for, since there may be thousands.
final class QueueMetrics {
  private static final double SECOND_MS = 1e3;

  private QueueMetrics() {}

  /// A shard's counters, or a subscription's, and by which labels they go.
  private record Counted(Labels labels, ShardView counters) {}

  /// @param nowMs Unix milliseconds
  static List<MetricSnapshot> of(List<QueueView> queues, long nowMs) {
    List<Counted> counted = new ArrayList<>();
    List<Point> paused = new ArrayList<>();
    List<Point> shards = new ArrayList<>();
    for (QueueView queue : queues) {
      Labels name = Labels.of("queue", queue.terms().name());
      paused.add(new Point(name, queue.paused() ? 1 : 0));
      shards.add(new Point(name, queue.slots().shards().size()));
      for (SubscriptionView subscription : queue.subscriptions()) {
        counted.add(
            new Counted(labels(queue, subscription), Sums.of(subscription.shards()).total()));
      }
    }
    List<MetricSnapshot> families = new ArrayList<>(families("ringmaster_queue", counted, nowMs));
    families.add(Point.gauge("ringmaster_queue_paused", "1 while nothing is given out.", paused));
    families.add(Point.gauge("ringmaster_queue_shards", "Shards of a queue.", shards));
    return families;
  }

  /// @param nowMs Unix milliseconds
  static List<MetricSnapshot> ofShards(List<QueueView> queues, long nowMs) {
    List<Counted> counted = new ArrayList<>();
    for (QueueView queue : queues) {
      for (SubscriptionView subscription : queue.subscriptions()) {
        for (ShardView shard : subscription.shards()) {
          Labels labels = labels(queue, subscription).add("shard", Integer.toString(shard.shard()));
          counted.add(new Counted(labels, shard));
        }
      }
    }
    return families("ringmaster_queue_shard", counted, nowMs);
  }

  private static Labels labels(QueueView queue, SubscriptionView subscription) {
    return Labels.of("queue", queue.terms().name(), "subscription", subscription.name());
  }

  private static List<MetricSnapshot> families(String name, List<Counted> all, long nowMs) {
    return List.of(
        gauge(name + "_depth", "Messages that are neither done nor dead.", all, ShardView::depth),
        gauge(name + "_ready", "Messages that could be given out now.", all, ShardView::ready),
        gauge(
            name + "_delayed",
            "Messages that their producers want delivered later.",
            all,
            ShardView::delayed),
        gauge(name + "_in_flight", "Messages that are given out.", all, ShardView::inFlight),
        gauge(
            name + "_blocked_lanes",
            "Keys that wait for a retry, or behind a dead message.",
            all,
            ShardView::blockedLanes),
        gauge(
            name + "_oldest_age_seconds",
            "Age of the oldest message; 0 if there is none.",
            all,
            shard -> age(shard, nowMs)),
        gauge(name + "_bytes", "Bytes of the messages that are held.", all, ShardView::bytes),
        gauge(name + "_dead", "Messages that are dead now.", all, ShardView::dead),
        counter(name + "_accepted", "Messages accepted.", all, ShardView::accepted),
        counter(name + "_done", "Messages that ended well.", all, ShardView::done),
        counter(name + "_retries", "Attempts after the first.", all, ShardView::retries),
        counter(name + "_died", "Messages that died.", all, ShardView::died));
  }

  private static double age(ShardView shard, long nowMs) {
    return shard.oldestMs() == 0 ? 0 : Math.max(0, nowMs - shard.oldestMs()) / SECOND_MS;
  }

  private static MetricSnapshot gauge(
      String name, String help, List<Counted> all, ToDoubleFunction<ShardView> value) {
    return Point.gauge(name, help, points(all, value));
  }

  private static MetricSnapshot counter(
      String name, String help, List<Counted> all, ToDoubleFunction<ShardView> value) {
    return Point.counter(name, help, points(all, value));
  }

  private static List<Point> points(List<Counted> all, ToDoubleFunction<ShardView> value) {
    return all.stream()
        .map(one -> new Point(one.labels, value.applyAsDouble(one.counters)))
        .toList();
  }
}
