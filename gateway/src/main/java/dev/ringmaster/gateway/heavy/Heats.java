package dev.ringmaster.gateway.heavy;

import dev.ringmaster.gateway.heavy.Summary.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The hottest keys of a service at one look; a value, and a pure function of the one before and of
/// what the loops counted since.
///
/// @param totalPerSecond the service's requests a second, the older ones counting less: each look
///   halves the weight of all before it
/// @param keys the heat of each by its hash
record Heats(double totalPerSecond, Map<Long, Heat> keys) {
  /// Keys remembered. No more than one key a seat can be hotter than a seat's fair share, and what
  /// is beyond the first few does not hurt any seat.
  static final int MOST_KEYS = 64;

  static final Heats NONE = new Heats(0, Map.of());

  Heats {
    keys = Map.copyOf(keys);
  }

  /// The next look.
  ///
  /// @param counted what each loop counted since the last look
  /// @param seconds since the last look, above 0
  /// @param seats how many live seats share the service's requests
  Heats next(List<Summary> counted, double seconds, int seats) {
    long requests = 0;
    for (Summary summary : counted) {
      requests += summary.total();
    }
    double total = (totalPerSecond + requests / seconds) / 2;
    Map<Long, Counted> merged = Summary.merged(counted);
    Set<Long> hashes = new HashSet<>(keys.keySet());
    hashes.addAll(merged.keySet());
    Map<Long, Heat> next = new HashMap<>();
    for (long hash : hashes) {
      Counted now = merged.get(hash);
      double sure = now == null ? 0 : now.sure() / seconds;
      Heat heat = keys.getOrDefault(hash, Heat.NONE).next(sure, total, seats);
      if (heat.spread() > 1 || heat.perSecond() >= 1) {
        next.put(hash, heat);
      }
    }
    return new Heats(total, hottest(next));
  }

  /// Those that are spread come first: one that is forgotten would come home at once.
  private static Map<Long, Heat> hottest(Map<Long, Heat> heats) {
    if (heats.size() <= MOST_KEYS) {
      return heats;
    }
    List<Map.Entry<Long, Heat>> order = new ArrayList<>(heats.entrySet());
    order.sort(
        Comparator.comparingInt((Map.Entry<Long, Heat> entry) -> entry.getValue().spread())
            .thenComparingDouble(entry -> entry.getValue().perSecond())
            .reversed());
    Map<Long, Heat> kept = new HashMap<>();
    for (Map.Entry<Long, Heat> entry : order.subList(0, MOST_KEYS)) {
      kept.put(entry.getKey(), entry.getValue());
    }
    return kept;
  }

  /// A key's part of all requests.
  double share(Heat heat) {
    return totalPerSecond == 0 ? 0 : heat.perSecond() / totalPerSecond;
  }
}
