package dev.ringmaster.queue.desk;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What a desk does later.
final class Alarms {
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(
          Comparator.comparingLong(Alarm::fromBaseNs).thenComparingLong(Alarm::number));
  private final long baseNs;
  private long number;

  private record Alarm(long fromBaseNs, long number, Runnable what) {}

  /// @param nowNs a moment that differences are taken from, since nanoTime may overflow
  Alarms(long nowNs) {
    baseNs = nowNs;
  }

  void at(long atNs, Runnable what) {
    alarms.add(new Alarm(atNs - baseNs, number++, what));
  }

  /// Does what is due.
  void ring(long nowNs) {
    Alarm next = alarms.peek();
    while (next != null && next.fromBaseNs <= nowNs - baseNs) {
      alarms.poll();
      next.what.run();
      next = alarms.peek();
    }
  }

  /// How long until the next one; [Long#MAX_VALUE] for ever.
  long dueInNs(long nowNs) {
    @Nullable Alarm next = alarms.peek();
    return next == null ? Long.MAX_VALUE : Math.max(0, next.fromBaseNs - (nowNs - baseNs));
  }
}
