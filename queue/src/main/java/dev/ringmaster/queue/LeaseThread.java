package dev.ringmaster.queue;

import dev.ringmaster.queue.store.StoreFault;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that keeps the leases: a round each [#RENEW_NS], and whenever something has changed.
final class LeaseThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseThread.class);

  static final long RENEW_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private static final long CLOSE_MS = 5_000;

  private final Ownership ownership;
  private final Thread thread;
  private volatile Phase phase = Phase.OPEN;

  private enum Phase {
    OPEN,
    CLOSED
  }

  LeaseThread(Ownership ownership) {
    this.ownership = ownership;
    this.thread = Thread.ofPlatform().name("queue-leases").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  private void run() {
    while (phase == Phase.OPEN) {
      try {
        ownership.round();
      } catch (StoreFault fault) {
        log.warn("the leases of queues could not be renewed: {}", fault.getMessage());
        ownership.loseIfLate();
      }
      LockSupport.parkNanos(this, RENEW_NS);
    }
  }

  /// Gives everything back at once. Nothing may be given out any more.
  @Override
  public void close() {
    phase = Phase.CLOSED;
    wake();
    try {
      thread.join(CLOSE_MS);
      ownership.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreFault fault) {
      log.warn("the leases of queues end by themselves: {}", fault.getMessage());
    }
  }
}
