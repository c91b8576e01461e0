package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.store.HandClock;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.QueueStoreContract;
import dev.ringmaster.queue.store.StoreFault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest implements QueueStoreContract {
  private final HandClock clock = new HandClock();
  @TempDir private Path folder;
  private SqliteStore store;

  @BeforeEach
  void open() throws StoreFault {
    store = SqliteStore.open(folder.resolve("queue.db"), clock, SqliteStore.Sizes.DEFAULT);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public QueueStore store() {
    return store;
  }

  @Override
  public void pass(long ms) {
    clock.pass(ms);
  }
}
