package dev.ringmaster.gateway.ledger;

import java.util.concurrent.atomic.AtomicLong;

/// A number that one event loop adds to, as in [LoopLedger], and any thread reads.
public final class Count {
  private final String name;
  private final AtomicLong value = new AtomicLong();

  Count(String name) {
    this.name = name;
  }

  /// Adds to it; on the loop that owns it.
  public void add(long by) {
    value.setOpaque(value.getPlain() + by);
  }

  String name() {
    return name;
  }

  long value() {
    return value.getOpaque();
  }
}
