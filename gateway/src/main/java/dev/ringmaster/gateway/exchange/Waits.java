package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.settings.Timeouts;
import dev.ringmaster.gateway.time.Deadline;
import dev.ringmaster.gateway.time.Wheel;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The time-outs of one event loop, in ticks of its wheel.
final class Waits {
  /// How long a client may take to hear that the connection ends.
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Wheel wheel;
  private final LongSupplier nanos;
  final long connect;
  final long firstByte;
  final long idle;
  final long head;
  final long heal;
  final long linger;

  Waits(Timeouts timeouts, LongSupplier nanos) {
    this.nanos = nanos;
    this.wheel = new Wheel(Lane.GRAIN, nanos.getAsLong());
    this.connect = wheel.ticks(timeouts.connect());
    this.firstByte = wheel.ticks(timeouts.firstByte());
    this.idle = wheel.ticks(timeouts.idle());
    this.head = wheel.ticks(timeouts.head());
    this.heal = wheel.ticks(timeouts.heal());
    this.linger = wheel.ticks(LINGER);
  }

  void arm(Deadline deadline, long ticks) {
    wheel.arm(deadline, ticks);
  }

  void disarm(Deadline deadline) {
    wheel.disarm(deadline);
  }

  void tick() {
    wheel.advance(nanos.getAsLong());
  }
}
