package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.retry.FailedTry.BodyKept;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// The beginning of a request's body, kept so that the request can be sent again, as long as all of
/// it that came is there.
final class KeptBody {
  /// The most that is kept.
  static final int MOST_BYTES = 64 * 1024;

  private @Nullable ByteBuf bytes;
  private BodyKept kept = BodyKept.WHOLE;

  BodyKept kept() {
    return kept;
  }

  /// How much more can be kept.
  int room() {
    return bytes == null ? MOST_BYTES : bytes.writableBytes();
  }

  /// Keeps a copy of the next bytes of the body, or lets all go if they do not fit. The buffer has
  /// its full size from the start: what was sent of it must not move while the kernel reads it.
  void add(ByteBuf piece, ByteBufAllocator allocator) {
    if (kept == BodyKept.PASSED_ON) {
      return;
    }
    if (piece.readableBytes() > room()) {
      passOn();
      return;
    }
    if (bytes == null) {
      bytes = allocator.directBuffer(MOST_BYTES, MOST_BYTES);
    }
    bytes.writeBytes(piece, piece.readerIndex(), piece.readableBytes());
  }

  /// Keeps a copy of what comes before anything is sent, and more than the usual: until then the
  /// buffer may move.
  ///
  /// @param most how many bytes of a body may come before it is sent
  void gather(ByteBuf piece, ByteBufAllocator allocator, int most) {
    if (bytes == null) {
      bytes = allocator.directBuffer(MOST_BYTES, Math.max(MOST_BYTES, most));
    }
    bytes.writeBytes(piece, piece.readerIndex(), piece.readableBytes());
  }

  /// Takes the whole of a body over, of any size, which is there already.
  void hold(ByteBuf whole) {
    bytes = whole.isReadable() ? whole : null;
  }

  /// All that came so far, for sending; null if nothing did.
  @Nullable ByteBuf whole() {
    return bytes == null ? null : bytes.retainedSlice();
  }

  /// Lets the bytes go: no other try will need them.
  void passOn() {
    release();
    kept = BodyKept.PASSED_ON;
  }

  /// Makes ready for the next request.
  void clear() {
    release();
    kept = BodyKept.WHOLE;
  }

  private void release() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
    }
  }
}
