package dev.ringmaster.queue.commit;

import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that changes a store; all its waiting for the disk is done here.
///
/// After a fault it rests, 50 ms and twice as long after each further one up to 2 s, while orders
/// gather; then it tries with what has gathered. So producers hear of a store that is away within
/// about the rest and the store's own patience, and it is taken up again by itself.
public final class CommitThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommitThread.class);
  private static final long FIRST_REST_NS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_REST_NS = TimeUnit.SECONDS.toNanos(2);

  /// What still waits at the end gets so long to be written.
  private static final long LAST_WORK_MS = 10_000;

  private final Committer committer;
  private final Thread thread;
  private volatile Phase phase = Phase.OPEN;

  private enum Phase {
    OPEN,
    CLOSING
  }

  /// Starts it.
  public CommitThread(QueueStore store) {
    thread = Thread.ofPlatform().name("queue-writer").unstarted(this::run);
    committer = new Committer(store, () -> LockSupport.unpark(thread));
    thread.start();
  }

  /// Where orders are submitted.
  public Committer committer() {
    return committer;
  }

  /// Refuses what comes from now on, writes what waits, and ends.
  @Override
  public void close() {
    committer.refuseAll();
    phase = Phase.CLOSING;
    LockSupport.unpark(thread);
    try {
      thread.join(LAST_WORK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      commitUntilClosed();
    } finally {
      committer.end();
    }
  }

  private void commitUntilClosed() {
    StoreFault last = null;
    long restNs = FIRST_REST_NS;
    while (awaitOrders()) {
      StoreFault fault = committer.commitWaiting();
      tell(last, fault);
      last = fault;
      if (fault == null) {
        restNs = FIRST_REST_NS;
      } else {
        rest(restNs);
        restNs = Math.min(restNs * 2, LONGEST_REST_NS);
      }
    }
  }

  /// Whether there are some; false at the end.
  private boolean awaitOrders() {
    while (phase == Phase.OPEN && committer.isIdle()) {
      LockSupport.park(this);
    }
    return !committer.isIdle();
  }

  private void rest(long restNs) {
    long untilNs = System.nanoTime() + restNs;
    while (phase == Phase.OPEN && untilNs - System.nanoTime() > 0) {
      LockSupport.parkNanos(this, untilNs - System.nanoTime());
    }
  }

  /// Says a fault once, and once that it is over.
  private static void tell(@Nullable StoreFault last, @Nullable StoreFault now) {
    if (now != null && (last == null || last.kind() != now.kind())) {
      LOG.error("the queue's store fails ({}): {}", now.kind(), now.getMessage());
    } else if (now == null && last != null) {
      LOG.info("the queue's store works again");
    }
  }
}
