package dev.ringmaster.app.run.queues;

import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Queueing;
import dev.ringmaster.queue.QueuesSettings;
import dev.ringmaster.queue.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// The store that the settings name.
final class Stores {
  /// Below the data directory.
  private static final String FILE = "queue.db";

  private Stores() {}

  /// How it is opened.
  static LateQueues.Opening opening(Values values, Path data, RandomGenerator random) {
    return () ->
        QueueHouse.open(
            () ->
                SqliteStore.open(
                    data.resolve(FILE), InstantSource.system(), SqliteStore.Sizes.DEFAULT),
            QueuesSettings.alone(),
            random);
  }

  /// Whether there may be messages already, so that it has to be opened at the start.
  static boolean mayHold(Values values, Path data) {
    return values.get(Queueing.STORE).equals("postgres") || Files.exists(data.resolve(FILE));
  }
}
