package dev.ringmaster.queue.message;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Gives out ids that only grow, also when the clock goes back and within a millisecond (RFC 9562,
/// 6.2, method 1: the twelve bits behind the time are a counter). The other 62 bits are random, so
/// that an id cannot be guessed. Safe for use by any thread if its randomness is.
public final class MessageIds {
  private static final int COUNTER_BITS = 12;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final InstantSource clock;
  private final RandomGenerator random;

  /// Milliseconds and counter of the last id.
  private final AtomicLong last = new AtomicLong();

  public MessageIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public MessageId next() {
    long now = clock.millis() << COUNTER_BITS;
    long stamp = last.updateAndGet(before -> Math.max(before + 1, now));
    long high = ((stamp >>> COUNTER_BITS) << 16) | VERSION | (stamp & ((1 << COUNTER_BITS) - 1));
    return new MessageId(high, VARIANT | (random.nextLong() >>> 2));
  }
}
