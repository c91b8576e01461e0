package dev.ringmaster.gateway.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/// The counters of one event loop: what concerns no service, and a ledger for each service. The
/// loop alone writes them, with plain adds and opaque stores; any thread may read them, and sees
/// each of them late at most.
public final class LoopLedger {
  private static final int EXCHANGES = ServiceLedger.CLASSES;
  private static final int CONNECTIONS = ServiceLedger.CLASSES + 1;
  static final int COUNTERS = ServiceLedger.CLASSES + 2;

  private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);
  private volatile List<ServiceLedger> services = List.of();

  /// A client connected (`by` 1) or left (-1).
  public void connections(int by) {
    ServiceLedger.add(counters, CONNECTIONS, by);
  }

  /// An exchange of no service began (`by` 1) or ended (-1).
  public void exchanges(int by) {
    ServiceLedger.add(counters, EXCHANGES, by);
  }

  /// A request of no service was answered: it was not one, or it was for Ringmaster itself.
  public void unrouted(int status) {
    ServiceLedger.add(counters, ServiceLedger.statusClass(status), 1);
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

  List<ServiceLedger> services() {
    return services;
  }

  void addTo(long[] sums) {
    ServiceLedger.sum(sums, counters);
  }
}
