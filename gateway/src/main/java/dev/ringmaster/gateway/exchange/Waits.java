package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.settings.ClientTimeouts;
import dev.ringmaster.gateway.time.Deadline;
import dev.ringmaster.gateway.time.Wheel;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The clock of one event loop's time-outs, and those for clients in ticks of it.
final class Waits {
  /// How long a client may take to hear that the connection ends.
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Wheel wheel;
  private final LongSupplier nanos;
  final long idle;
  final long head;
  final long linger;

  Waits(ClientTimeouts timeouts, LongSupplier nanos) {
    this.nanos = nanos;
    this.wheel = new Wheel(Lane.GRAIN, nanos.getAsLong());
    this.idle = wheel.ticks(timeouts.idle());
    this.head = wheel.ticks(timeouts.head());
    this.linger = wheel.ticks(LINGER);
  }

  /// How many ticks a wait takes.
  long ticks(Duration wait) {
    return wheel.ticks(wait);
  }

  /// How many ticks a wait takes, at least one.
  long ticks(long waitNs) {
    return wheel.ticks(waitNs);
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
