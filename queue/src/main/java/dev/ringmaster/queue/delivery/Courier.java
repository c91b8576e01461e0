package dev.ringmaster.queue.delivery;

import java.util.function.Consumer;

/// Carries messages to the replicas of a service. The gateway is one; tests have another.
public interface Courier {

  /// Takes a message to the seat that a direct request with its key would reach.
  ///
  /// Never blocks. The outcome is told exactly once, on any thread, also if it comes after the
  /// parcel's time: the courier ends what it began before it tells.
  void deliver(Parcel parcel, Consumer<Outcome> ended);
}
