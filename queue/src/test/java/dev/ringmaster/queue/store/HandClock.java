package dev.ringmaster.queue.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that only its owner moves.
public final class HandClock implements InstantSource {
  private final AtomicLong nowMs = new AtomicLong(StoreScript.NOW_MS);

  public void pass(long ms) {
    nowMs.addAndGet(ms);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMs.get());
  }
}
