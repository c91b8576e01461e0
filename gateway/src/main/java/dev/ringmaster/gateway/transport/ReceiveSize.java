package dev.ringmaster.gateway.transport;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/// How many bytes the next read of one connection makes room for. A read that fills its room is
/// followed by one with eight times as much, up to 256 KiB; one that fills less than a quarter, by
/// one with half. With io_uring the room is held while the connection waits, so that what rests
/// must make do with little: 10,000 resting connections hold 10,000 times that.
///
/// Netty's adaptive allocator ends at 64 KiB and keeps what it has learnt while a connection rests.
/// Owned by the connection's event loop.
public final class ReceiveSize extends DefaultMaxMessagesRecvByteBufAllocator {
  /// Room for the head of nearly every request.
  public static final int SMALL = 2 * 1024;

  /// Above this a larger read saves nothing that was measured.
  static final int LARGE = 256 * 1024;

  private static final int GROWTH = 8;

  /// Reads before a connection hands over to the next; Netty's own number for sockets.
  private static final int READS_IN_A_ROW = 16;

  private final int restBytes;
  private int next = SMALL;

  /// Begins small.
  ///
  /// @param restBytes the most room for a connection that rests
  public ReceiveSize(int restBytes) {
    super(READS_IN_A_ROW);
    this.restBytes = restBytes;
  }

  /// The connection has got all it waited for; the next bytes may be long in coming.
  public void rest() {
    next = Math.min(next, restBytes);
  }

  private void learn(int attempted, int came) {
    if (came == attempted) {
      next = Math.min(LARGE, Math.max(next, GROWTH * came));
    } else if (came < next / 4) {
      next = Math.max(SMALL, next / 2);
    }
  }

  @Override
  public ExtendedHandle newHandle() {
    return new Room();
  }

  private final class Room extends MaxMessageHandle {
    @Override
    public int guess() {
      return next;
    }

    @Override
    public void lastBytesRead(int bytes) {
      if (bytes > 0) {
        learn(attemptedBytesRead(), bytes);
      }
      super.lastBytesRead(bytes);
    }
  }
}
