package dev.ringmaster.gateway.admission;

import dev.ringmaster.gateway.settings.Rate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What is remembered of one client: how many connections it has, and how far its requests are
/// ahead of their rate. Each of its connections holds this object, so that a request costs one
/// compare-and-set and no look-up.
///
/// The rate is kept by the generic cell rate algorithm (ITU-T I.371, "virtual scheduling"): the
/// time at which the client's allowance is whole again. Each request moves it on by one interval; a
/// request that would move it farther ahead of the clock than a burst is refused and moves nothing.
/// That is a token bucket in one number.
public final class ClientEntry {
  private final long key;
  private final AtomicLong wholeAtNs;
  private final AtomicInteger connections = new AtomicInteger();

  /// Written by [ClientTable] alone, in its computations on this entry.
  int holders;

  Listed listed = Listed.NO;

  /// Whether the entry stands in the table's line of those that nobody holds.
  enum Listed {
    NO,
    YES
  }

  ClientEntry(long key, long nowNs) {
    this.key = key;
    this.wholeAtNs = new AtomicLong(nowNs);
  }

  /// The address in one number: all of an IPv4 address, or the first 64 bits of an IPv6 address,
  /// since whoever has one address of a /64 has them all. IPv4 gets 32 one bits before it, which is
  /// the prefix of a multicast address, where no client connects from.
  ///
  /// @param address 4 or 16 bytes
  public static long keyOf(byte[] address) {
    long bits = address.length == 4 ? -1 : 0;
    for (int i = 0; i < Math.min(address.length, Long.BYTES); i++) {
      bits = (bits << 8) | (address[i] & 0xFF);
    }
    return bits;
  }

  /// Its address as [#keyOf] has it.
  public long key() {
    return key;
  }

  /// One more connection; false if it has `most` already.
  boolean connect(int most) {
    int before = connections.getAndUpdate(now -> now < most ? now + 1 : now);
    return before < most;
  }

  void disconnect() {
    connections.decrementAndGet();
  }

  /// Takes one request from the allowance; false if there is none left.
  public boolean take(Rate rate, long nowNs) {
    long intervalNs = rate.intervalNs();
    long mostAheadNs = intervalNs * rate.burst();
    while (true) {
      long seen = wholeAtNs.get();
      long aheadNs = Math.max(0, seen - nowNs) + intervalNs;
      if (aheadNs > mostAheadNs) {
        return false;
      }
      if (wholeAtNs.compareAndSet(seen, nowNs + aheadNs)) {
        return true;
      }
    }
  }

  /// Whole seconds after which [#take] will give one again, at least 1.
  public long retryAfterS(Rate rate, long nowNs) {
    long intervalNs = rate.intervalNs();
    long aheadNs = wholeAtNs.get() - nowNs + intervalNs - intervalNs * rate.burst();
    return Math.max(1, Math.ceilDiv(aheadNs, TimeUnit.SECONDS.toNanos(1)));
  }

  /// Whether it could be forgotten without loss.
  boolean whole(long nowNs) {
    return wholeAtNs.get() - nowNs <= 0;
  }
}
