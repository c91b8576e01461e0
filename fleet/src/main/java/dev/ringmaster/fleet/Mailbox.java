package dev.ringmaster.fleet;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Letters from any thread to one reader; nobody waits to post one, and no lock is taken.
final class Mailbox<E> {
  private final Queue<E> letters = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final Thread reader;

  Mailbox(Thread reader) {
    this.reader = reader;
  }

  /// Posts a letter that answers something the reader asked for: there are no more of these than it
  /// asked.
  void post(E letter) {
    size.incrementAndGet();
    letters.add(letter);
    LockSupport.unpark(reader);
  }

  /// Posts a letter unless more than `room` lie there already; whether it did.
  boolean offer(E letter, int room) {
    if (size.get() >= room) {
      return false;
    }
    post(letter);
    return true;
  }

  /// The next letter, waited for at most this long; null if none came. For the reader alone.
  @Nullable E take(long waitNs) {
    E letter = letters.poll();
    if (letter == null && waitNs > 0) {
      LockSupport.parkNanos(this, waitNs);
      letter = letters.poll();
    }
    if (letter != null) {
      size.decrementAndGet();
    }
    return letter;
  }
}
