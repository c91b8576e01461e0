package dev.ringmaster.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// Time and chance of one history: events in the order of a virtual clock, and every choice from
/// one seed.
final class SimWorld {
  private static final long EPOCH_MS = 1_800_000_000_000L;

  final SplittableRandom random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowNs;
  private long number;
  private long jumpedMs;

  private record Event(long atNs, long number, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atNs, other.atNs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  SimWorld(long seed) {
    random = new SplittableRandom(seed);
  }

  long nowNs() {
    return nowNs;
  }

  /// The clock of the store's machine, which does not jump.
  InstantSource steadyClock() {
    return () -> Instant.ofEpochMilli(EPOCH_MS + TimeUnit.NANOSECONDS.toMillis(nowNs));
  }

  /// The wall clock of Ringmaster's machine.
  InstantSource wallClock() {
    return () -> Instant.ofEpochMilli(EPOCH_MS + jumpedMs + TimeUnit.NANOSECONDS.toMillis(nowNs));
  }

  /// Somebody sets the wall clock.
  void jump(long byMs) {
    jumpedMs += byMs;
  }

  /// Somebody sets it ahead of all that it has shown before.
  void setAhead() {
    jumpedMs = 8 * 3_600_000L;
  }

  void at(long inNs, Runnable what) {
    events.add(new Event(nowNs + Math.max(0, inNs), number++, what));
  }

  /// Something happens within so many microseconds, at a random moment.
  void soon(long mostUs, Runnable what) {
    at(TimeUnit.MICROSECONDS.toNanos(random.nextLong(mostUs + 1)), what);
  }

  /// The next event happens; false if there is none.
  boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    nowNs = next.atNs;
    next.what.run();
    return true;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int pick(int bound) {
    return random.nextInt(bound);
  }
}
