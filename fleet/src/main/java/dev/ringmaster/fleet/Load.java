package dev.ringmaster.fleet;

import java.util.concurrent.atomic.AtomicInteger;

/// The requests in flight at one replica. Written by the event loops, read by anyone.
public final class Load {
  private final AtomicInteger inFlight = new AtomicInteger();

  /// One more request was handed to the replica.
  public void begin() {
    inFlight.incrementAndGet();
  }

  /// One request ended, well or not.
  public void end() {
    inFlight.decrementAndGet();
  }

  /// Requests handed to the replica and not yet ended.
  public int inFlight() {
    return inFlight.get();
  }
}
