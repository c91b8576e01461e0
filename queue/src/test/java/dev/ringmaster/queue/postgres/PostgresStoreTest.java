package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.QueueStoreContract;
import dev.ringmaster.queue.store.StoreFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresStoreTest implements QueueStoreContract {
  private final Access access = Server.empty();
  private PostgresStore store;

  @BeforeEach
  void open() throws StoreFault {
    store = PostgresStore.open(access);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public QueueStore store() {
    return store;
  }

  /// The clock is the database's: instead of it, the leases are moved.
  @Override
  public void pass(long ms) {
    String earlier = " SET until = until - " + ms + " * interval '1 ms'";
    Server.execute(
        access, "UPDATE ringmaster.shard" + earlier, "UPDATE ringmaster.owner" + earlier);
  }
}
