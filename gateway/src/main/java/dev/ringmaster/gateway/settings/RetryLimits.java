package dev.ringmaster.gateway.settings;

/// How much may be tried again.
///
/// @param budget retries as a share of requests, 0 to 1
/// @param perSecond retries a second that are free of the budget
/// @param tries distinct replicas that one request may be sent to, at least 1
public record RetryLimits(double budget, int perSecond, int tries) {

  /// 20 % of requests + 10/s, three tries.
  public static final RetryLimits DEFAULT = new RetryLimits(0.2, 10, 3);

  public RetryLimits withTries(int tries) {
    return new RetryLimits(budget, perSecond, tries);
  }

  public RetryLimits {
    if (!(budget >= 0 && budget <= 1)) {
      throw new IllegalArgumentException("retry budget " + budget + " is not in 0..1");
    }
    if (perSecond < 0) {
      throw new IllegalArgumentException("retries per second " + perSecond + " is below 0");
    }
    if (tries < 1 || tries > MAX_TRIES) {
      throw new IllegalArgumentException("tries " + tries + " is not in 1.." + MAX_TRIES);
    }
  }

  /// More replicas than any request should see.
  public static final int MAX_TRIES = 8;
}
