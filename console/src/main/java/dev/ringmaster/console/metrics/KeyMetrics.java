package dev.ringmaster.console.metrics;

import dev.ringmaster.gateway.heavy.HeavyKey;
import dev.ringmaster.gateway.key.BodyMiss;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.KeyTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.SeatTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where keys came from, and the heavy ones.
final class KeyMetrics {
  /// Heavy keys that have a series of their own: the hottest ones.
  private static final int MOST_KEYS = 16;

  private KeyMetrics() {}

  static List<MetricSnapshot> of(LedgerTotals totals) {
    List<Point> bodies = new ArrayList<>();
    List<Point> cookies = new ArrayList<>();
    List<Point> spreads = new ArrayList<>();
    List<Point> shares = new ArrayList<>();
    for (ServiceTotals service : totals.services()) {
      addBodies(bodies, service.service(), service.keys());
      addCookies(cookies, service.service(), service.keys());
      addSpreads(spreads, service);
      addShares(shares, service.service(), service.keys());
    }
    return List.of(
        Point.counter("ringmaster_body_keys", "Requests whose body was asked for the key.", bodies),
        Point.counter(
            "ringmaster_sticky_cookies",
            "Signed cookies: issued to clients, and forged ones that came.",
            cookies),
        Point.counter(
            "ringmaster_spreads", "Requests a seat got of keys that are spread.", spreads),
        Point.gauge(
            "ringmaster_heavy_key_share",
            "The part of the requests that a heavy key has, by the hash of the key.",
            shares));
  }

  private static void addBodies(List<Point> points, String service, KeyTotals keys) {
    points.add(point(service, "outcome", "found", (double) keys.bodyKeys()));
    BodyMiss[] misses = BodyMiss.values();
    for (int i = 0; i < keys.bodyMisses().size(); i++) {
      String outcome = misses[i].name().toLowerCase(Locale.ROOT);
      points.add(point(service, "outcome", outcome, (double) keys.bodyMisses().get(i)));
    }
  }

  private static void addCookies(List<Point> points, String service, KeyTotals keys) {
    points.add(point(service, "outcome", "issued", (double) keys.stickyIssued()));
    points.add(point(service, "outcome", "forged", (double) keys.stickyForged()));
  }

  private static void addSpreads(List<Point> points, ServiceTotals service) {
    for (SeatTotals seat : service.seats()) {
      String number = Integer.toString(seat.seat());
      points.add(point(service.service(), "seat", number, (double) seat.spreads()));
    }
  }

  private static void addShares(List<Point> points, String service, KeyTotals keys) {
    for (HeavyKey key : keys.heavy().stream().limit(MOST_KEYS).toList()) {
      points.add(point(service, "key", key.id(), key.share()));
    }
  }

  private static Point point(String service, String label, String value, double count) {
    return new Point(Labels.of("service", service, label, value), count);
  }
}
