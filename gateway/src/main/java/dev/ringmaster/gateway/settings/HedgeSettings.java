package dev.ringmaster.gateway.settings;

import java.time.Duration;

/// When a request is sent to a second replica because the first has not begun to answer.
///
/// @param after how long the first has, from the request's last byte
/// @param budget hedged requests as a share of all, 0 to 1
public record HedgeSettings(Duration after, double budget) {
  /// 5 % of requests.
  public static final double USUAL_BUDGET = 0.05;

  public HedgeSettings {
    if (after.isNegative() || after.isZero()) {
      throw new IllegalArgumentException("a hedge needs a time above zero");
    }
    if (!(budget >= 0 && budget <= 1)) {
      throw new IllegalArgumentException("hedge budget " + budget + " is not in 0..1");
    }
  }
}
