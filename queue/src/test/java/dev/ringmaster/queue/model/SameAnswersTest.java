package dev.ringmaster.queue.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.queue.plain.PlainStore;
import dev.ringmaster.queue.postgres.PostgresStore;
import dev.ringmaster.queue.postgres.Server;
import dev.ringmaster.queue.sqlite.SqliteStore;
import dev.ringmaster.queue.store.HandClock;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same random operations give the same answers everywhere, across restarts too. A failing
/// history is repeated with `-Dqueue.seed=N -Dqueue.histories=1`.
class SameAnswersTest {
  private static final long SEED = Long.getLong("queue.seed", 1);
  private static final int HISTORIES = Integer.getInteger("queue.histories", 4);
  private static final int COMMITS = 60;

  @TempDir private Path folder;

  /// Makes a store that goes on where another of the same name was.
  private interface Opening {
    QueueStore open() throws StoreFault;
  }

  @Test
  void sqliteAnswersAsPlainMemory() throws StoreFault {
    for (long seed = SEED; seed < SEED + 3L * HISTORIES; seed++) {
      Path file = folder.resolve(seed + ".db");
      compare(seed, () -> SqliteStore.open(file, new HandClock(), SqliteStore.Sizes.DEFAULT));
    }
  }

  @Test
  void postgresAnswersAsPlainMemory() throws StoreFault {
    for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
      var access = Server.empty();
      compare(seed, () -> PostgresStore.open(access));
    }
  }

  private static void compare(long seed, Opening opening) throws StoreFault {
    SplittableRandom random = new SplittableRandom(seed);
    PlainStore plain = new PlainStore(new HandClock());
    World model = new World(plain);
    World real = new World(opening.open());
    try {
      for (int i = 0; i < COMMITS; i++) {
        List<Step> steps = Step.commit(random, model.places());
        assertThat(real.commit(steps))
            .as("seed %d, commit %d: %s", seed, i, steps)
            .isEqualTo(model.commit(steps));
        if (random.nextInt(12) == 0) {
          real.store().close();
          real.reopened(opening.open());
          model.reopened(plain);
        }
        if (random.nextInt(10) == 0) {
          real.putQueues();
          model.putQueues();
        }
        if (i % 15 == 14) {
          List<String> wanted = new ArrayList<>(model.told());
          List<String> found = new ArrayList<>(real.told());
          List<String> inBoth = List.copyOf(wanted);
          wanted.removeAll(found);
          found.removeAll(inBoth);
          assertThat(found).as("seed %d after commit %d", seed, i).isEqualTo(wanted);
        }
      }
    } finally {
      real.store().close();
    }
  }
}
