package dev.ringmaster.app.run.queues;

import dev.ringmaster.queue.Queues;
import dev.ringmaster.queue.QueuesSettings;
import dev.ringmaster.queue.desk.Clocks;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import java.util.random.RandomGenerator;

/// An open store and the queues in it.
///
/// @param store closed last
/// @param queues over the store
record QueueHouse(QueueStore store, Queues queues) {

  /// How a store is opened.
  interface Opening {
    /// Blocks.
    QueueStore open() throws StoreFault;
  }

  static QueueHouse open(Opening opening, QueuesSettings settings, RandomGenerator random)
      throws StoreFault {
    QueueStore store = opening.open();
    try {
      return new QueueHouse(store, Queues.open(store, settings, Clocks.system(), random));
    } catch (StoreFault | RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
