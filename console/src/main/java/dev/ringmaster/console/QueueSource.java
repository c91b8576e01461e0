package dev.ringmaster.console;

import dev.ringmaster.queue.control.QueueView;
import java.util.List;
import java.util.function.Supplier;

/// The queues that a console shows.
///
/// @param queues as they are now
/// @param endpoints what the console's port answers about them
public record QueueSource(Supplier<List<QueueView>> queues, JoinedEndpoints endpoints) {
  /// Of a Ringmaster without queues.
  public static final QueueSource NONE = new QueueSource(List::of, new JoinedEndpoints(List.of()));
}
