package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.retry.RetryBudget;
import dev.ringmaster.gateway.settings.HedgeSettings;

/// When the requests of one service and event loop get a second try, and how many may.
///
/// @param afterNs how long the first replica has to begin its answer
/// @param budget the second tries that are left; beside the budget of retries, which are for
///   failures
record Hedging(long afterNs, RetryBudget budget) {
  /// Second tries that are saved up, and what a new budget has: few, since one replica that stalls
  /// has all its requests hedged at once, and a second try adds load where none is missing.
  private static final int BURST = 20;

  static Hedging of(HedgeSettings settings, long nowNs) {
    return new Hedging(
        settings.after().toNanos(), new RetryBudget(settings.budget(), 0, BURST, nowNs));
  }
}
