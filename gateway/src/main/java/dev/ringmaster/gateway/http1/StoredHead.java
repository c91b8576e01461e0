package dev.ringmaster.gateway.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The head of a request that is kept in a queue, and how it leaves for a replica.
///
/// ```
/// stored:   method SP target SP HTTP/1.1 CR LF (name: value CR LF)…      no empty line, no framing
/// sent:     as stored, then
///           Idempotency-Key: the message's id CR LF                      unless it has one
///           Queue-Attempt: n CR LF   Queue-Shard: n CR LF
///           Queue-Epoch: n CR LF     Queue-Seq: n CR LF
///           Content-Length: n CR LF                                      if there is content
///           CR LF
/// ```
public final class StoredHead {
  private static final byte[] EMPTY_LINE = ascii("\r\n");
  private static final byte[] IDEMPOTENCY = ascii("Idempotency-Key: ");
  private static final byte[] ATTEMPT = ascii("Queue-Attempt: ");
  private static final byte[] SHARD = ascii("Queue-Shard: ");
  private static final byte[] EPOCH = ascii("Queue-Epoch: ");
  private static final byte[] SEQ = ascii("Queue-Seq: ");
  private static final byte[] LENGTH = ascii("Content-Length: ");

  /// What a stored head usually has more than the one that came.
  private static final int ADDED_BYTES = 320;

  private StoredHead() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// What the replica is told beside the head.
  ///
  /// @param id the message's
  /// @param bodyBytes the length of its content
  public record Told(String id, int attempt, int shard, long epoch, long seq, int bodyBytes) {}

  /// The head of a client's request, as it is kept: what a replica would get of it, without
  /// framing.
  ///
  /// @param preferences what of Prefer is left for the replica; empty for nothing
  public static byte[] of(RequestHead head, Forwarding forwarding, String preferences) {
    ByteBuf out = Unpooled.buffer(head.headLength() + ADDED_BYTES);
    HeadWriter.toStore(out, head, forwarding, preferences);
    return ByteBufUtil.getBytes(out);
  }

  /// Reads a stored head, as strictly as a client's.
  ///
  /// @param into has been reset
  /// @return what is wrong with it; null if nothing is
  public static @Nullable Rejection read(RequestHead into, byte[] stored) {
    ByteBuf in = Unpooled.wrappedBuffer(stored, EMPTY_LINE);
    Outcome outcome = into.parse(in);
    if (outcome == Outcome.COMPLETE && !in.isReadable() && into.framing() == Framing.NONE) {
      return null;
    }
    Rejection why = into.rejection();
    return why == null ? Rejection.LINE_END_INVALID : why;
  }

  /// Writes a head that was read for a replica, with its empty line.
  public static void write(ByteBuf out, RequestHead head, Told told) {
    HeadWriter.stored(out, head);
    if (!head.has(KnownHeader.IDEMPOTENCY_KEY)) {
      out.writeBytes(IDEMPOTENCY);
      out.writeBytes(ascii(told.id()));
      out.writeBytes(EMPTY_LINE);
    }
    line(out, ATTEMPT, told.attempt());
    line(out, SHARD, told.shard());
    line(out, EPOCH, told.epoch());
    line(out, SEQ, told.seq());
    if (told.bodyBytes() > 0 || expectsContent(head.method())) {
      line(out, LENGTH, told.bodyBytes());
    }
    out.writeBytes(EMPTY_LINE);
  }

  /// Whose requests say that they have no content (RFC 9110, 8.6).
  private static boolean expectsContent(Method method) {
    return method == Method.POST || method == Method.PUT || method == Method.PATCH;
  }

  private static void line(ByteBuf out, byte[] name, long value) {
    out.writeBytes(name);
    out.writeBytes(ascii(Long.toString(value)));
    out.writeBytes(EMPTY_LINE);
  }
}
