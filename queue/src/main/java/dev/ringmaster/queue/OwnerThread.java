package dev.ringmaster.queue;

import dev.ringmaster.queue.desk.Budget;
import dev.ringmaster.queue.desk.Desk;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread for a group of queues. It takes letters from a mailbox, some hundred at a time, and
/// then lets the desks that they were for have their turn, so that what belongs together is given
/// out, written and read together.
final class OwnerThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OwnerThread.class);

  /// Letters between two turns: enough to share the work of a turn, few enough not to hold up what
  /// is ready.
  private static final int LETTERS = 512;

  /// It looks up at least this often.
  private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1);

  private static final long CLOSE_MS = 5_000;

  private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
  private final CopyOnWriteArrayList<Place> places = new CopyOnWriteArrayList<>();
  private final LongSupplier nanos;
  private final Thread thread;
  final Budget budget;
  private volatile Phase phase = Phase.OPEN;
  private volatile Rest rest = Rest.AWAKE;

  private enum Phase {
    OPEN,
    CLOSED
  }

  /// Whether somebody has to wake it.
  private enum Rest {
    AWAKE,
    ASLEEP
  }

  private record Letter(Place to, Runnable text) {}

  OwnerThread(String name, LongSupplier nanos, long budgetBytes) {
    this.nanos = nanos;
    this.budget = new Budget(budgetBytes);
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    thread.start();
  }

  /// Where a desk gets its letters.
  static final class Place implements Executor {
    private final OwnerThread owner;
    private final Desk desk;
    private long dueNs;
    private volatile Health health = Health.WELL;

    private enum Health {
      WELL,
      /// A defect has shown: nothing is done any more, lest order be broken.
      BROKEN
    }

    private Place(OwnerThread owner, Function<Executor, Desk> desk) {
      this.owner = owner;
      this.dueNs = owner.nanos.getAsLong();
      this.desk = desk.apply(this);
    }

    Desk desk() {
      return desk;
    }

    /// Its queue is gone: it gets no turn any more once its letters have been read.
    void retire() {
      owner.post(new Letter(this, () -> owner.places.remove(this)));
    }

    /// Whether it does its work.
    boolean isWell() {
      return health == Health.WELL;
    }

    @Override
    public void execute(Runnable text) {
      owner.post(new Letter(this, text));
    }

    private void read(Runnable text) {
      if (isWell()) {
        guard(text);
      }
    }

    private void turn() {
      if (isWell()) {
        guard(() -> dueNs = owner.nanos.getAsLong() + Math.min(IDLE_NS, desk.turn()));
      }
    }

    private void guard(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException e) {
        health = Health.BROKEN;
        log.error(
            "the owner of the queue '{}' broke down: it accepts and delivers nothing until the next"
                + " start",
            desk.view().terms().name(),
            e);
      }
    }
  }

  /// Makes a desk that this thread will run.
  ///
  /// @param desk made with the executor of its letters
  Place add(Function<Executor, Desk> desk) {
    Place place = new Place(this, desk);
    places.add(place);
    return place;
  }

  private void post(Letter letter) {
    letters.add(letter);
    if (rest == Rest.ASLEEP) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    Set<Place> due = new LinkedHashSet<>();
    while (phase == Phase.OPEN) {
      sleep();
      read(due);
      long nowNs = nanos.getAsLong();
      for (Place place : places) {
        if (place.dueNs - nowNs <= 0) {
          due.add(place);
        }
      }
      due.forEach(Place::turn);
      due.clear();
    }
  }

  private void read(Set<Place> addressed) {
    for (int i = 0; i < LETTERS; i++) {
      Letter letter = letters.poll();
      if (letter == null) {
        return;
      }
      letter.to.read(letter.text);
      addressed.add(letter.to);
    }
  }

  private void sleep() {
    long waitNs = IDLE_NS;
    long nowNs = nanos.getAsLong();
    for (Place place : places) {
      waitNs = place.isWell() ? Math.min(waitNs, place.dueNs - nowNs) : waitNs;
    }
    rest = Rest.ASLEEP;
    if (letters.isEmpty() && waitNs > 0 && phase == Phase.OPEN) {
      LockSupport.parkNanos(this, waitNs);
    }
    rest = Rest.AWAKE;
  }

  /// Ends after the turn that it is at.
  @Override
  public void close() {
    phase = Phase.CLOSED;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
