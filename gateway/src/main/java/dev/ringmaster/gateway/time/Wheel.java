package dev.ringmaster.gateway.time;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The deadlines of one event loop, kept in a ring of lists, one list a tick (Varghese and Lauck,
/// "Hashed and Hierarchical Timing Wheels", 1987), with one twist: a deadline that moves later, as
/// they nearly all do, only changes a number. It is found in its old list when that is due, and is
/// put where it belongs then. So moving a deadline costs a store, and each one is looked at once in
/// a while instead of once a request.
///
/// Time moves only by [#advance]; deadlines fire at most one tick late. Not for use by two threads.
public final class Wheel {
  private static final Logger LOG = LoggerFactory.getLogger(Wheel.class);

  /// Ticks in the ring; deadlines farther away are looked at once a round.
  private static final int SLOTS = 256;

  private final long grainNs;
  private final long originNs;
  private final Deadline[] slots = new Deadline[SLOTS];
  private long tick;

  /// A wheel whose time starts at `nowNs`.
  ///
  /// @param grain the length of a tick
  /// @param nowNs the reading of the clock that [#advance] will be given
  public Wheel(Duration grain, long nowNs) {
    this.grainNs = grain.toNanos();
    this.originNs = nowNs;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Deadline();
    }
  }

  /// Length of a tick in nanoseconds.
  public long grainNs() {
    return grainNs;
  }

  /// How many ticks a wait takes, rounded up; what [#arm] is given.
  public long ticks(Duration wait) {
    return ticks(wait.toNanos());
  }

  /// The same for a wait in nanoseconds.
  public long ticks(long waitNs) {
    return Math.max(1, Math.ceilDiv(waitNs, grainNs));
  }

  /// Lets a deadline pass `ticks` ticks from now, instead of any earlier arrangement.
  public void arm(Deadline deadline, long ticks) {
    long at = tick + ticks + 1;
    deadline.atTick = at;
    if (at < deadline.slotTick) {
      if (deadline.linked()) {
        deadline.unlink();
      }
      link(deadline);
    }
  }

  /// Forgets a deadline.
  public void disarm(Deadline deadline) {
    deadline.atTick = Deadline.NEVER;
    if (deadline.linked()) {
      deadline.unlink();
    }
  }

  /// Moves time on to `nowNs` and tells the owners of all deadlines that have passed.
  public void advance(long nowNs) {
    long target = (nowNs - originNs) / grainNs;
    while (tick < target) {
      tick++;
      turn(slots[(int) (tick % SLOTS)]);
    }
  }

  private void turn(Deadline head) {
    Deadline last = head.previous;
    Deadline current = head.next;
    while (current != head) {
      boolean atEnd = current == last;
      current.unlink();
      meet(current);
      if (atEnd) {
        return;
      }
      current = head.next;
    }
  }

  private void meet(Deadline deadline) {
    if (deadline.atTick > tick) {
      if (deadline.atTick != Deadline.NEVER) {
        link(deadline);
      }
      return;
    }
    deadline.atTick = Deadline.NEVER;
    if (deadline.owner != null) {
      tell(deadline.owner);
    }
  }

  /// A defect of one owner, or memory that it could not have, must not stop the time of all.
  private static void tell(Expiring owner) {
    try {
      owner.expired();
    } catch (Throwable defect) {
      LOG.error("defect in what follows a time-out", defect);
      letGo(owner);
    }
  }

  private static void letGo(Expiring owner) {
    try {
      owner.broke();
    } catch (Throwable defect) {
      LOG.error("defect in letting go after a defect", defect);
    }
  }

  private void link(Deadline deadline) {
    deadline.slotTick = Math.min(deadline.atTick, tick + SLOTS - 1);
    deadline.linkBefore(slots[(int) (deadline.slotTick % SLOTS)]);
  }
}
