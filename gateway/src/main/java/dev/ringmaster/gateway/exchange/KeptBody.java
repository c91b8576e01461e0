package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.retry.FailedTry.BodyKept;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The beginning of a request's body, kept so that the request can be sent again, as long as all of
/// it that came is there and the loop's budget has room for it.
///
/// It is kept in buffers that grow from one to the next: a body of which a byte came holds little,
/// and what was sent of it does not move while the kernel reads it.
final class KeptBody {
  /// The most that is kept.
  static final int MOST_BYTES = 64 * 1024;

  /// The size of the first buffer unless the body is smaller; each further one is twice as large.
  private static final int FIRST_BYTES = 4 * 1024;

  /// The largest buffer.
  private static final int LARGE_BYTES = 256 * 1024;

  private static final @Nullable ByteBuf[] NONE = new ByteBuf[0];

  private final ByteBufAllocator allocator;
  private final BodyBudget budget;
  private @Nullable ByteBuf[] buffers = NONE;
  private int count;
  private int bytes;
  private long held;
  private long announced = Long.MAX_VALUE;
  private BodyKept kept = BodyKept.WHOLE;

  KeptBody(ByteBufAllocator allocator, BodyBudget budget) {
    this.allocator = allocator;
    this.budget = budget;
  }

  BodyKept kept() {
    return kept;
  }

  /// Makes ready for the next request.
  ///
  /// @param contentLength how long its body is, -1 if that is not known
  void begin(long contentLength) {
    clear();
    announced = contentLength < 0 ? Long.MAX_VALUE : contentLength;
  }

  /// How much more can be kept.
  int room() {
    return (int) Math.min(MOST_BYTES - bytes, spare() + budget.left());
  }

  private int spare() {
    return count == 0 ? 0 : last().writableBytes();
  }

  private ByteBuf last() {
    return Objects.requireNonNull(buffers[count - 1]);
  }

  /// Keeps a copy of the next bytes of the body, or lets all go if they do not fit.
  void add(ByteBuf piece) {
    if (kept == BodyKept.WHOLE && !(piece.readableBytes() <= MOST_BYTES - bytes && copy(piece))) {
      passOn();
    }
  }

  /// Keeps a copy of what comes before anything is sent, as much as the budget has room for; false
  /// if that is not enough.
  boolean gather(ByteBuf piece) {
    return copy(piece);
  }

  private boolean copy(ByteBuf piece) {
    int from = piece.readerIndex();
    int to = piece.writerIndex();
    while (from < to) {
      if (spare() == 0 && !grow()) {
        return false;
      }
      int length = Math.min(to - from, spare());
      last().writeBytes(piece, from, length);
      from += length;
      bytes += length;
    }
    return true;
  }

  /// The framing of chunks may make a body longer than it says.
  private boolean grow() {
    int size = Math.min(FIRST_BYTES << Math.min(count, 6), LARGE_BYTES);
    if (announced > bytes) {
      size = (int) Math.min(size, announced - bytes);
    }
    int granted = budget.take(size);
    if (granted == 0) {
      return false;
    }
    held += granted;
    append(allocator.directBuffer(granted, granted));
    return true;
  }

  private void append(ByteBuf buffer) {
    if (count == buffers.length) {
      buffers = Arrays.copyOf(buffers, count + 4);
    }
    buffers[count++] = buffer;
  }

  /// Takes the whole of a body over, of any size, which is there already.
  void hold(ByteBuf whole) {
    if (whole.isReadable()) {
      append(whole);
    }
  }

  /// Whether nothing came so far.
  boolean empty() {
    return count == 0;
  }

  /// Sends all that came so far.
  void sendTo(UpstreamConnection connection) {
    for (int i = 0; i < count; i++) {
      connection.write(Objects.requireNonNull(buffers[i]).retainedSlice());
    }
  }

  /// Lets the bytes go: no other try will need them.
  void passOn() {
    release();
    kept = BodyKept.PASSED_ON;
  }

  /// The request is over.
  void clear() {
    release();
    kept = BodyKept.WHOLE;
  }

  private void release() {
    for (int i = 0; i < count; i++) {
      Objects.requireNonNull(buffers[i]).release();
    }
    Arrays.fill(buffers, 0, count, null);
    count = 0;
    bytes = 0;
    budget.giveBack(held);
    held = 0;
  }
}
