package dev.ringmaster.fleet;

import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.fleet.store.FleetFile;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the supervisor wants done in the world. Effects are begun in the order given; all but
/// [Publish] go on beside the supervisor, and answer by an [Event] where one is named.
sealed interface Effect {

  /// Let everyone see this.
  record Publish(FleetView view, Tally tally) implements Effect {}

  /// Write this to the disk; answered by [Event.Saved] or [Event.SaveFailed]. One at a time.
  record Save(long revision, FleetFile file) implements Effect {}

  /// Start a replica; answered by [Event.Started] or [Event.StartFailed].
  record Start(long id, Launch launch) implements Effect {}

  /// Nobody waits any more for the start of this one; its answer still comes.
  record Abandon(long id) implements Effect {}

  /// Ask for a sign of life; answered by [Event.Seen].
  record Beat(long id, Instance instance) implements Effect {}

  /// Find out why it did not do what it should; answered by [Event.Explained].
  record Explain(long id, Instance instance) implements Effect {}

  /// Stop a replica; answered by [Event.Stopped].
  record Halt(long id, Instance instance, Duration grace) implements Effect {}

  /// Answer a command.
  ///
  /// @param failure null if it was done
  record Reply(CompletableFuture<FleetView> to, FleetView view, @Nullable Exception failure)
      implements Effect {}

  /// Tell people.
  record Tell(String line) implements Effect {}
}
