package dev.ringmaster.fleet;

import dev.ringmaster.fleet.health.Sign;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;

/// What the supervisor hears. Replicas are meant by the supervisor's own numbers, never by their
/// names: a name may be used again.
sealed interface Event {

  /// Time has passed.
  record Tick() implements Event {}

  record Ordered(Command command) implements Event {}

  /// Answers [Effect.Start]: it runs.
  record Started(long id, Instance instance) implements Event {}

  /// Answers [Effect.Start]: it does not.
  record StartFailed(long id, String why) implements Event {}

  /// From a heartbeat; [Effect.Beat] is answered by one sign, and perhaps a late one after it.
  record Seen(long id, Sign sign) implements Event {}

  /// From the data path.
  record Reported(Replica replica, Symptom symptom) implements Event {}

  record Exited(Exit exit) implements Event {}

  /// Answers [Effect.Explain].
  record Explained(long id, String text) implements Event {}

  /// Answers [Effect.Halt]: it is gone.
  record Stopped(long id) implements Event {}

  /// Answers [Effect.Save]: it is on the disk.
  record Saved(long revision) implements Event {}

  /// Answers [Effect.Save]: it is not.
  record SaveFailed(long revision, String why) implements Event {}

  /// Ringmaster stops.
  record Closing() implements Event {}
}
