package dev.ringmaster.console.report;

import dev.ringmaster.gateway.heavy.HeavyKey;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys that are hotter than a seat's fair share, as `GET /api/heavy-keys` shows them.
///
/// @param keys of all services, the hottest of each first
public record HeavyKeys(List<Heavy> keys) {

  /// One of them.
  ///
  /// @param hash 16 hexadecimal digits
  /// @param key its text, escaped and cut; null unless keys may be shown
  /// @param share its part of the service's requests, 0 to 1
  /// @param spread over how many seats it is spread, or would be
  public record Heavy(
      String service,
      String hash,
      @Nullable String key,
      double share,
      double requestsPerSecond,
      int spread) {

    static Heavy of(String service, HeavyKey key) {
      return new Heavy(
          service,
          key.id(),
          key.text(),
          rounded(key.share()),
          rounded(key.perSecond()),
          key.spread());
    }

    private static double rounded(double value) {
      return Math.round(value * 1000) / 1000.0;
    }
  }

  /// Those of all services.
  public static HeavyKeys of(LedgerTotals totals) {
    List<Heavy> all = new ArrayList<>();
    for (ServiceTotals service : totals.services()) {
      service.keys().heavy().forEach(key -> all.add(Heavy.of(service.service(), key)));
    }
    return new HeavyKeys(all);
  }
}
