package dev.ringmaster.queue.store;

/// A store for a test.
public interface StoreUnderTest {

  /// The store, with nothing in it at first.
  QueueStore store();

  /// Lets so much of the store's time go by.
  void pass(long ms);

  /// A script that begins in it.
  default StoreScript script() throws StoreFault {
    return new StoreScript(store());
  }
}
