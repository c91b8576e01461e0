package dev.ringmaster.queue.desk;

/// Bytes of messages that all queues of one owner keep in memory together; for its thread alone.
public final class Budget {
  private long leftBytes;

  public Budget(long bytes) {
    leftBytes = bytes;
  }

  boolean isLeft() {
    return leftBytes > 0;
  }

  void take(long bytes) {
    leftBytes -= bytes;
  }

  void giveBack(long bytes) {
    leftBytes += bytes;
  }
}
