package dev.ringmaster.gateway.exchange;

import io.netty.util.internal.PlatformDependent;

/// How many bytes of requests' bodies one event loop may hold: those that are kept to be sent
/// again, looked into for keys, or collected for Ringmaster itself. Each body alone is bounded;
/// many together are not, and a client may let them rest for as long as it likes.
final class BodyBudget {
  /// The part of the direct memory that bodies may have, over all loops.
  private static final int SHARE = 8;

  /// Two of the largest messages that a queue takes, whatever the memory.
  private static final long LEAST_BYTES = 32 << 20;

  private long left;

  /// A budget of so many bytes.
  BodyBudget(long bytes) {
    this.left = bytes;
  }

  /// That of one of so many loops.
  static BodyBudget of(int loops) {
    long share = PlatformDependent.maxDirectMemory() / SHARE / loops;
    return new BodyBudget(Math.max(LEAST_BYTES, share));
  }

  /// How many bytes are left.
  long left() {
    return left;
  }

  /// Takes as many as are left, so many at most.
  int take(int wanted) {
    int taken = (int) Math.min(wanted, left);
    left -= taken;
    return taken;
  }

  void giveBack(long bytes) {
    left += bytes;
  }
}
