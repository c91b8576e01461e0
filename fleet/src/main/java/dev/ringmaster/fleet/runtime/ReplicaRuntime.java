package dev.ringmaster.fleet.runtime;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Starts, stops and finds the replicas of one service. Methods may block; they are called on
/// virtual threads, several at a time, never on an event loop or on the supervisor's thread.
public interface ReplicaRuntime extends AutoCloseable {

  /// Names the exit listener, which hears of each exit at once and once, on any thread. Called
  /// before all else.
  void onExit(Consumer<Exit> listener);

  /// The replicas of this service that an earlier Ringmaster left running.
  List<Instance> adopt();

  /// Starts a replica. Returns when it runs, which is before it listens.
  ///
  /// @throws StartFailure if it cannot be started; the message says what to do
  Instance start(Launch launch) throws StartFailure, InterruptedException;

  /// Asks the replica to stop, ends it by force after `grace`, and returns when it is gone. Does
  /// nothing if it is gone already.
  void stop(Instance instance, Duration grace) throws InterruptedException;

  /// The last lines that the replica wrote, oldest first; empty if there are none.
  List<String> lastOutput(Instance instance, int lines);

  /// What the runtime can tell of a replica that does not answer, in one line for people: `it
  /// listens on port 8080`; empty if it can tell nothing.
  default String diagnose(Instance instance) {
    return "";
  }

  /// Whether the replicas are those that [#adopt] names, for ever: none is started or stopped.
  default boolean fixed() {
    return false;
  }

  /// The weight that the settings give a given target, 0 to 1.
  default double weight(Instance instance) {
    return 1;
  }

  /// Lets go of what the runtime itself holds; replicas that run go on.
  @Override
  void close();
}
