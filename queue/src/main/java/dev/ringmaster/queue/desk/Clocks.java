package dev.ringmaster.queue.desk;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Both times: one that never jumps, for waits and leases; one that people and other machines know,
/// for what is stored.
///
/// @param nanos like [System#nanoTime]
/// @param wall Unix time
public record Clocks(LongSupplier nanos, InstantSource wall) {

  /// Those of this machine.
  public static Clocks system() {
    return new Clocks(System::nanoTime, InstantSource.system());
  }

  public long nowNs() {
    return nanos.getAsLong();
  }

  /// Unix milliseconds.
  public long nowMs() {
    return wall.millis();
  }
}
