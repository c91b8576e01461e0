package dev.ringmaster.fleet.plan;

import java.util.concurrent.TimeUnit;

/// How long a seat waits before it is given another replica.
///
/// The first replacement comes at once. A replica that never serves or dies young makes the next
/// one wait 1 s, then 2 s, doubling to 60 s; one that served for 5 minutes clears the record. What
/// served longer than young and less than that neither adds nor clears, so a seat starts at most
/// one replica in 3 s however its replicas end.
///
/// @param failures lives in a row that ended young or never served
public record Backoff(int failures) {
  public static final Backoff NONE = new Backoff(0);

  /// A life that served for less is a failure.
  static final long YOUNG_NS = TimeUnit.SECONDS.toNanos(3);

  /// A life that served for this long clears the record.
  static final long RESET_NS = TimeUnit.MINUTES.toNanos(5);

  private static final long FIRST_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long LAST_NS = TimeUnit.SECONDS.toNanos(60);
  private static final int DOUBLINGS = 6;

  /// The record after a life that served for this long; 0 if it never did.
  public Backoff afterLife(long servedNs) {
    if (servedNs >= RESET_NS) {
      return NONE;
    }
    return servedNs < YOUNG_NS ? new Backoff(Math.min(failures + 1, DOUBLINGS + 2)) : this;
  }

  /// How long to wait before the next start.
  public long delayNs() {
    if (failures <= 1) {
      return 0;
    }
    return Math.min(LAST_NS, FIRST_NS << Math.min(failures - 2, DOUBLINGS));
  }
}
