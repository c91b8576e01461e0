package dev.ringmaster.gateway.exchange;

import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;

/// How much of answers may wait on each stream of a session for a window that the client does not
/// give. The first eight streams may have what a connection may; of further ones each has less, so
/// that all together have little more than one session should, and yet no stream waits for another.
///
/// Streams that open one after another and take nothing hold 1 MiB · (1 + 1/9 + 1/10 + … + 1/100),
/// which is 3.5 MiB, and each one read of its replica beyond that.
final class StreamShare {
  /// What is dealt out among the streams that are open.
  private static final int SESSION_BYTES = 1 << 20;

  private static final int LEAST_BYTES = 8 << 10;
  private static final WriteBufferWaterMark[] MARKS = marks();

  private StreamShare() {}

  private static WriteBufferWaterMark[] marks() {
    int most = SESSION_BYTES / LEAST_BYTES;
    WriteBufferWaterMark[] marks = new WriteBufferWaterMark[most + 1];
    for (int open = 0; open <= most; open++) {
      int high = Math.min(SESSION_BYTES / Math.max(1, open), Lane.WATER_MARKS.high());
      marks[open] = new WriteBufferWaterMark(high / 2, high);
    }
    return marks;
  }

  /// The marks of a stream that makes it so many open ones.
  static WriteBufferWaterMark marks(int open) {
    return MARKS[Math.min(open, MARKS.length - 1)];
  }

  /// What is written to a stream and has not gone to the socket. Netty tells it only as the
  /// distance from the next mark.
  static long pendingBytes(Channel stream) {
    WriteBufferWaterMark marks = stream.config().getWriteBufferWaterMark();
    return stream.isWritable()
        ? Math.max(0, marks.high() + 1 - stream.bytesBeforeUnwritable())
        : marks.low() - 1 + stream.bytesBeforeWritable();
  }
}
