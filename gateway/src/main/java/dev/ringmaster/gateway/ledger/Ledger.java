package dev.ringmaster.gateway.ledger;

import dev.ringmaster.gateway.heavy.HeavyKey;
import dev.ringmaster.gateway.ledger.LedgerTotals.KeyTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RouteTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RoutingTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.SeatTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.TunnelTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The ledgers of all event loops, added up when somebody asks.
///
/// @param loops one for each event loop
public record Ledger(List<LoopLedger> loops) {

  public Ledger {
    loops = List.copyOf(loops);
  }

  /// What the exchanges have come to so far, over all loops.
  ///
  /// @param heavy the heavy keys of a service
  public LedgerTotals totals(Function<String, List<HeavyKey>> heavy) {
    long[] sums = new long[LoopLedger.COUNTERS];
    Map<String, List<ServiceLedger>> byName = new LinkedHashMap<>();
    for (LoopLedger loop : loops) {
      loop.addTo(sums);
      for (ServiceLedger ledger : loop.services()) {
        byName.computeIfAbsent(ledger.service(), name -> new ArrayList<>()).add(ledger);
      }
    }
    List<ServiceTotals> services = new ArrayList<>();
    long inFlight = sums[ServiceLedger.CLASSES];
    for (Map.Entry<String, List<ServiceLedger>> entry : byName.entrySet()) {
      ServiceTotals totals = totals(entry.getKey(), entry.getValue(), heavy.apply(entry.getKey()));
      if (totals.inFlight() > 0 || served(entry.getValue())) {
        services.add(totals);
      }
      inFlight += totals.inFlight();
    }
    return new LedgerTotals(
        services,
        new RoutingTotals(routes(), sums[LoopLedger.NO_ROUTE], sums[LoopLedger.UNCLEAR_PATH]),
        ServiceLedger.boxed(sums, 0, ServiceLedger.CLASSES),
        inFlight,
        sums[ServiceLedger.CLASSES + 1],
        LoopLedger.refusals(sums),
        LoopLedger.messages(sums),
        null,
        0);
  }

  private static boolean served(List<ServiceLedger> ledgers) {
    for (ServiceLedger ledger : ledgers) {
      if (ledger.served()) {
        return true;
      }
    }
    return false;
  }

  private List<RouteTotals> routes() {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (LoopLedger loop : loops) {
      for (Count count : loop.routes()) {
        sums.merge(count.name(), count.value(), Long::sum);
      }
    }
    List<RouteTotals> routes = new ArrayList<>();
    sums.forEach((name, requests) -> routes.add(new RouteTotals(name, requests)));
    return routes;
  }

  private static ServiceTotals totals(
      String service, List<ServiceLedger> ledgers, List<HeavyKey> heavy) {
    long[] common = new long[ServiceLedger.COMMON_COUNTERS];
    SortedMap<Integer, long[]> rows = new TreeMap<>();
    for (ServiceLedger ledger : ledgers) {
      ledger.addCommonTo(common);
      ledger.addSeatsTo(rows);
    }
    List<SeatTotals> seats = new ArrayList<>();
    rows.forEach((seat, row) -> seats.add(ServiceLedger.totals(seat, row)));
    return new ServiceTotals(
        service,
        seats,
        ServiceLedger.boxed(common, 0, ServiceLedger.CLASSES),
        common[ServiceLedger.CLASSES],
        new TunnelTotals(common[ServiceLedger.TUNNELS_OPEN], common[ServiceLedger.TUNNELS]),
        ServiceLedger.waits(common),
        keys(common, heavy),
        common[ServiceLedger.UNTRUSTED]);
  }

  private static KeyTotals keys(long[] common, List<HeavyKey> heavy) {
    int misses = ServiceLedger.BODY_KEYS + 1;
    return new KeyTotals(
        common[ServiceLedger.BODY_KEYS],
        ServiceLedger.boxed(common, misses, ServiceLedger.STICKY_ISSUED),
        common[ServiceLedger.STICKY_ISSUED],
        common[ServiceLedger.STICKY_FORGED],
        heavy);
  }
}
