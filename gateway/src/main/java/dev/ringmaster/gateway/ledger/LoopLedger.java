package dev.ringmaster.gateway.ledger;

import dev.ringmaster.gateway.ledger.LedgerTotals.MessageTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RefusalTotals;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.delivery.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;

/// The counters of one event loop: what concerns no service, and a ledger for each service. The
/// loop alone writes them, with plain adds and opaque stores; any thread may read them, and sees
/// each of them late at most.
public final class LoopLedger {
  private static final int EXCHANGES = ServiceLedger.CLASSES;
  private static final int CONNECTIONS = ServiceLedger.CLASSES + 1;
  static final int NO_ROUTE = ServiceLedger.CLASSES + 2;
  static final int UNCLEAR_PATH = ServiceLedger.CLASSES + 3;
  private static final int CONNECTIONS_REFUSED = ServiceLedger.CLASSES + 4;
  private static final int REQUESTS_REFUSED = ServiceLedger.CLASSES + 5;
  private static final int GREETINGS_REFUSED = ServiceLedger.CLASSES + 6;
  private static final int SHED = ServiceLedger.CLASSES + 7;
  private static final int CARRYING = ServiceLedger.CLASSES + 8;
  private static final int ANSWERED = ServiceLedger.CLASSES + 9;
  private static final int BROKEN = ServiceLedger.CLASSES + 10;
  private static final int REFUSED = ServiceLedger.CLASSES + 11;
  private static final int ACCEPTED = ServiceLedger.CLASSES + 12;
  private static final int REFUSALS = ServiceLedger.CLASSES + 13;
  static final int COUNTERS = REFUSALS + Refusal.values().length;

  private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);
  private volatile List<ServiceLedger> services = List.of();
  private volatile List<Count> routes = List.of();

  /// A client connected (`by` 1) or left (-1).
  public void connections(int by) {
    ServiceLedger.add(counters, CONNECTIONS, by);
  }

  /// A connection was closed at once, because there are too many, or too many of its client.
  public void connectionRefused() {
    ServiceLedger.add(counters, CONNECTIONS_REFUSED, 1);
  }

  /// A request was answered 429, because its client asks too often.
  public void requestRefused() {
    ServiceLedger.add(counters, REQUESTS_REFUSED, 1);
  }

  static RefusalTotals refusals(long[] sums) {
    return new RefusalTotals(
        sums[CONNECTIONS_REFUSED], sums[REQUESTS_REFUSED], sums[GREETINGS_REFUSED], sums[SHED]);
  }

  /// A message is being carried (`by` 1) or is told what came of it (-1).
  public void carrying(int by) {
    ServiceLedger.add(counters, CARRYING, by);
  }

  /// What came of carrying a message.
  public void delivered(Outcome outcome) {
    int counter =
        switch (outcome) {
          case Outcome.Answered _ -> ANSWERED;
          case Outcome.Broken _ -> BROKEN;
          case Outcome.Refused _ -> REFUSED;
        };
    ServiceLedger.add(counters, counter, 1);
  }

  /// A request that was to wait is on disk.
  public void accepted() {
    ServiceLedger.add(counters, ACCEPTED, 1);
  }

  /// A request that was to wait was refused.
  @SuppressWarnings("EnumOrdinal") // an index of this process alone
  public void refused(Refusal why) {
    ServiceLedger.add(counters, REFUSALS + why.ordinal(), 1);
  }

  @SuppressWarnings("EnumOrdinal") // an index of this process alone
  static MessageTotals messages(long[] sums) {
    Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    for (Refusal why : Refusal.values()) {
      refusals.put(why, sums[REFUSALS + why.ordinal()]);
    }
    return new MessageTotals(
        sums[ACCEPTED], refusals, sums[CARRYING], sums[ANSWERED], sums[BROKEN], sums[REFUSED]);
  }

  /// An exchange of no service began (`by` 1) or ended (-1).
  public void exchanges(int by) {
    ServiceLedger.add(counters, EXCHANGES, by);
  }

  /// A request of no service was answered: it was not one, or it was for Ringmaster itself.
  public void unrouted(int status) {
    ServiceLedger.add(counters, ServiceLedger.statusClass(status), 1);
  }

  /// A connection did not begin with a PROXY header in order; how many there were.
  public long greetingRefused() {
    ServiceLedger.add(counters, GREETINGS_REFUSED, 1);
    return counters.getPlain(GREETINGS_REFUSED);
  }

  /// So many clients were closed because memory was short and they took nothing.
  public void shed(int clients) {
    if (clients > 0) {
      ServiceLedger.add(counters, SHED, clients);
    }
  }

  /// The ledger of a service, a new one if there is none of that name.
  public ServiceLedger of(String service) {
    for (ServiceLedger ledger : services) {
      if (ledger.service().equals(service)) {
        return ledger;
      }
    }
    ServiceLedger made = new ServiceLedger(service);
    List<ServiceLedger> more = new ArrayList<>(services);
    more.add(made);
    services = List.copyOf(more);
    return made;
  }

  /// The requests of a route, a new count if there is none of that name.
  public Count ofRoute(String route) {
    for (Count count : routes) {
      if (count.name().equals(route)) {
        return count;
      }
    }
    Count made = new Count(route);
    List<Count> more = new ArrayList<>(routes);
    more.add(made);
    routes = List.copyOf(more);
    return made;
  }

  /// A request had no route.
  public void noRoute() {
    ServiceLedger.add(counters, NO_ROUTE, 1);
  }

  /// A request's path could be meant for more than one route.
  public void unclearPath() {
    ServiceLedger.add(counters, UNCLEAR_PATH, 1);
  }

  /// Forgets all routes but these, and all services but these once none of their exchanges is open.
  public void keep(Set<String> serviceNames, Set<String> routeNames) {
    List<ServiceLedger> kept = new ArrayList<>(services);
    kept.forEach(ledger -> ledger.served(serviceNames.contains(ledger.service())));
    kept.removeIf(ledger -> !ledger.served() && ledger.inFlight() == 0);
    services = List.copyOf(kept);
    List<Count> counts = new ArrayList<>(routes);
    counts.removeIf(count -> !routeNames.contains(count.name()));
    routes = List.copyOf(counts);
  }

  List<ServiceLedger> services() {
    return services;
  }

  List<Count> routes() {
    return routes;
  }

  void addTo(long[] sums) {
    ServiceLedger.sum(sums, counters);
  }
}
