package dev.ringmaster.gateway.retry;

import dev.ringmaster.gateway.settings.RetryLimits;

/// How many retries one event loop may still do: a share of its requests and some a second, saved
/// up to a bound. The bound is what one death may cost at once: every request in flight at the
/// replica that died. Not for use by two threads.
public final class RetryBudget {
  /// The most retries that are saved up, and what a new budget has.
  public static final int BURST = 1_000;

  private static final double NANOS = 1e9;

  private double perRequest;
  private double perSecond;
  private final int burst;
  private double saved;
  private long lastNs;

  /// The budget of one of `loops` event loops that share the limits.
  public RetryBudget(RetryLimits limits, int loops, long nowNs) {
    this(limits.budget(), (double) limits.perSecond() / loops, BURST, nowNs);
  }

  /// A budget of its own.
  ///
  /// @param perRequest a share of requests, 0 to 1
  /// @param perSecond what is added each second
  /// @param burst the most that is saved up, and what it begins with
  public RetryBudget(double perRequest, double perSecond, int burst, long nowNs) {
    this.perRequest = perRequest;
    this.perSecond = perSecond;
    this.burst = burst;
    this.saved = burst;
    this.lastNs = nowNs;
  }

  /// Goes by other limits from now on, with what is saved.
  public void limit(RetryLimits limits, int loops) {
    perRequest = limits.budget();
    perSecond = (double) limits.perSecond() / loops;
  }

  /// A request came.
  public void request() {
    saved = Math.min(burst, saved + perRequest);
  }

  /// Takes one retry, if there is one.
  public boolean take(long nowNs) {
    saved = Math.min(burst, saved + (nowNs - lastNs) / NANOS * perSecond);
    lastNs = nowNs;
    if (saved < 1) {
      return false;
    }
    saved -= 1;
    return true;
  }
}
