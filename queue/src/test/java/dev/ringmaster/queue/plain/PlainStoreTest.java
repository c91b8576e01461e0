package dev.ringmaster.queue.plain;

import dev.ringmaster.queue.store.HandClock;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.QueueStoreContract;

class PlainStoreTest implements QueueStoreContract {
  private final HandClock clock = new HandClock();
  private final PlainStore store = new PlainStore(clock);

  @Override
  public QueueStore store() {
    return store;
  }

  @Override
  public void pass(long ms) {
    clock.pass(ms);
  }
}
