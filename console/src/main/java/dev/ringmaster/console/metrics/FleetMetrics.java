package dev.ringmaster.console.metrics;

import dev.ringmaster.console.place.Place;
import dev.ringmaster.fleet.FleetStats;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.fleet.ReplicaState;
import dev.ringmaster.ring.Roster;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Fleets as metrics: what their views show, and what they have been through.
final class FleetMetrics {
  private static final double NANOS = 1e9;
  private static final double[] QUANTILES = {0.5, 0.9, 1.0};

  private FleetMetrics() {}

  static List<MetricSnapshot> of(List<Observed> services) {
    List<MetricSnapshot> families = new ArrayList<>(ofViews(services));
    families.addAll(ofStats(services));
    return families;
  }

  private static List<MetricSnapshot> ofViews(List<Observed> services) {
    return List.of(
        Point.gauge(
            "ringmaster_replicas_desired",
            "N, as last commanded.",
            each(services, service -> service.view().desired())),
        Point.gauge(
            "ringmaster_replicas_serving",
            "Replicas that serve on seats.",
            each(services, service -> service.view().serving())),
        Point.gauge(
            "ringmaster_replicas",
            "Replicas by place and state.",
            all(services, FleetMetrics::byState)),
        Point.gauge(
            "ringmaster_seat_in_flight",
            "Requests in flight at the replica on a seat.",
            all(services, FleetMetrics::inFlight)),
        Point.gauge(
            "ringmaster_seat_weight_ratio",
            "A seat's weight: 0 dead or free, 1 full.",
            all(services, FleetMetrics::weights)),
        Point.gauge(
            "ringmaster_seats_ejected",
            "Seats whose replica is ejected now.",
            each(services, service -> service.view().ejected())),
        Point.gauge(
            "ringmaster_table_version",
            "The version of the table that routes now.",
            each(services, service -> service.view().table().roster().version())));
  }

  /// One point a service.
  private static List<Point> each(List<Observed> services, ToDoubleFunction<Observed> value) {
    return services.stream()
        .map(service -> new Point(label(service), value.applyAsDouble(service)))
        .toList();
  }

  private static List<Point> all(List<Observed> services, Function<FleetView, List<Point>> points) {
    return services.stream().flatMap(service -> points.apply(service.view()).stream()).toList();
  }

  private static Labels label(Observed service) {
    return Labels.of("service", service.view().service());
  }

  /// A series for each place and state that go together, so that a count that falls to 0 is seen.
  private static List<Point> byState(FleetView view) {
    List<Point> points = new ArrayList<>();
    for (Place place : Place.values()) {
      for (ReplicaState state : EnumSet.allOf(ReplicaState.class)) {
        boolean leaves = state == ReplicaState.DRAINING || state == ReplicaState.GONE;
        if (leaves == (place == Place.LEAVING)) {
          points.add(count(view, place, state));
        }
      }
    }
    return points;
  }

  private static Point count(FleetView view, Place place, ReplicaState state) {
    long count =
        view.replicas().stream()
            .filter(replica -> replica.state() == state && Place.of(replica) == place)
            .count();
    Labels labels =
        Labels.of(
            "service", view.service(),
            "place", place.name().toLowerCase(Locale.ROOT),
            "state", state.name().toLowerCase(Locale.ROOT));
    return new Point(labels, count);
  }

  private static List<Point> inFlight(FleetView view) {
    List<Point> points = new ArrayList<>();
    for (int seat = 0; seat < view.seats().size(); seat++) {
      @Nullable Replica replica = view.seats().get(seat);
      int load = replica == null ? 0 : replica.load().inFlight();
      points.add(new Point(labels(view, seat), load));
    }
    return points;
  }

  private static List<Point> weights(FleetView view) {
    Roster roster = view.table().roster();
    List<Point> points = new ArrayList<>();
    for (int seat = 0; seat < roster.size(); seat++) {
      points.add(new Point(labels(view, seat), (double) roster.weight(seat) / Roster.FULL));
    }
    return points;
  }

  private static Labels labels(FleetView view, int seat) {
    return Labels.of("service", view.service(), "seat", Integer.toString(seat));
  }

  private static List<MetricSnapshot> ofStats(List<Observed> services) {
    return List.of(
        Point.counter(
            "ringmaster_restarts",
            "Seats that were given a new replica because the old one died or was killed.",
            each(services, service -> service.stats().restarts())),
        Point.counter(
            "ringmaster_kills",
            "Hung replicas that were ended by force.",
            each(services, service -> service.stats().kills())),
        Point.counter(
            "ringmaster_failed_starts",
            "Replicas that ended, or were given up, before they ever served.",
            each(services, service -> service.stats().startsFailed())),
        Point.counter(
            "ringmaster_ejections",
            "Replicas that were ejected for failures in a row.",
            each(services, service -> service.stats().ejections().done())),
        Point.counter(
            "ringmaster_ejections_refused",
            "Ejections that were due while as many were ejected as may be at a time.",
            each(services, service -> service.stats().ejections().refused())),
        heals(services),
        Point.gauge(
            "ringmaster_last_change_moved_ratio",
            "The part of all keys that the newest change of the table moved.",
            each(services, service -> service.stats().lastChange().shareMoved())),
        Point.gauge(
            "ringmaster_last_change_seats",
            "Seats whose weight the newest change of the table changed.",
            each(services, service -> service.stats().lastChange().seatsChanged())));
  }

  /// A summary without a sum: the fleet remembers the newest heals only, so no sum of all is known.
  private static SummarySnapshot heals(List<Observed> services) {
    SummarySnapshot.Builder family =
        SummarySnapshot.builder()
            .name("ringmaster_heal_seconds")
            .help("From a replica's death to N serving again; quantiles over the newest heals.");
    services.forEach(service -> family.dataPoint(heals(label(service), service.stats())));
    return family.build();
  }

  private static SummaryDataPointSnapshot heals(Labels service, FleetStats stats) {
    SummaryDataPointSnapshot.Builder point =
        SummaryDataPointSnapshot.builder().labels(service).count(stats.heals());
    List<Long> sorted = stats.recentHealsNs().stream().sorted().toList();
    if (!sorted.isEmpty()) {
      Quantiles.Builder quantiles = Quantiles.builder();
      for (double q : QUANTILES) {
        int index = Math.max(0, (int) Math.ceil(q * sorted.size()) - 1);
        quantiles.quantile(new Quantile(q, sorted.get(index) / NANOS));
      }
      point.quantiles(quantiles.build());
    }
    return point.build();
  }
}
