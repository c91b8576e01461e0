package dev.ringmaster.fleet;

import java.util.concurrent.atomic.AtomicInteger;

/// What the event loops tell of one replica as they go: its requests in flight, and how many failed
/// in a row. Written by the event loops, read by anyone.
public final class Load {
  private final int limit;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  /// Counts no failures.
  public Load() {
    this(0);
  }

  /// Counts failures.
  ///
  /// @param limit failures in a row that are worth telling; 0 for none
  public Load(int limit) {
    this.limit = limit;
  }

  /// One more request was handed to the replica.
  public void begin() {
    inFlight.incrementAndGet();
  }

  /// One more request is handed to the replica, unless it has `limit` already. All that hand it
  /// requests by this method with the same limit never exceed it together.
  public boolean tryBegin(int limit) {
    int now = inFlight.get();
    while (now < limit) {
      int seen = inFlight.compareAndExchange(now, now + 1);
      if (seen == now) {
        return true;
      }
      now = seen;
    }
    return false;
  }

  /// One request ended, well or not.
  public void end() {
    inFlight.decrementAndGet();
  }

  /// Requests handed to the replica and not yet ended.
  public int inFlight() {
    return inFlight.get();
  }

  /// A request failed for a reason that lies with the replica: it could not be reached, broke the
  /// connection, answered late, with garbage, or with 502, 503 or 504.
  ///
  /// @return whether that makes a row that is to be told to the fleet: the limit is reached, or
  ///   reached once more
  public boolean failed() {
    return limit > 0 && failures.incrementAndGet() % limit == 0;
  }

  /// A request was answered. While all is well this reads one field and writes none.
  public void succeeded() {
    if (failures.getPlain() != 0) {
      failures.set(0);
    }
  }

  /// Failures since the last answer.
  public int failuresInARow() {
    return failures.get();
  }
}
