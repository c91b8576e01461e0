package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Head;
import dev.ringmaster.gateway.http1.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import org.jspecify.annotations.Nullable;

/// The DATA frames of a message, from its body in HTTP/1.1, without the chunks around it; its
/// trailers become a HEADERS frame. The body was judged before it came here.
final class BodyFrames {
  /// What is passed on was within the limits of the connection that it came from; a head has grown
  /// by what the gateway adds since.
  static final Limits PASSED_ON =
      new Limits(1 << 18, 1 << 17, 1 << 17, 1_024, 0, Long.MAX_VALUE, 1 << 16, 1 << 16);

  /// What tells the peer that no more frames come.
  enum EndOfStream {
    WITH_LAST_FRAME,
    BY_RESET
  }

  private final BodyReader body = BodyReader.keepingTrailers(PASSED_ON);

  /// Begins the body that follows a head; true if there is none.
  boolean start(Head head) {
    body.start(head);
    return body.state() == BodyReader.State.ENDED;
  }

  /// Whether its last frame was written.
  boolean ended() {
    return body.state() == BodyReader.State.ENDED;
  }

  /// Writes the frames of the bytes; returns the last write, or null if there was nothing to write.
  ///
  /// @throws IllegalStateException if they are not the body that was announced: a defect
  @Nullable ChannelFuture write(ChannelHandlerContext ctx, ByteBuf in, EndOfStream how) {
    ChannelFuture last = null;
    ByteBuf held = null;
    int length;
    while ((length = body.payload(in)) > 0) {
      if (held != null) {
        last = data(ctx, held, false);
      }
      held = in.readRetainedSlice(length);
    }
    if (body.state() == BodyReader.State.MALFORMED || in.isReadable()) {
      if (held != null) {
        held.release();
      }
      throw new IllegalStateException("not the body that its head announced");
    }
    if (ended() && how == EndOfStream.WITH_LAST_FRAME) {
      return end(ctx, held);
    }
    return held == null ? last : data(ctx, held, false);
  }

  private ChannelFuture end(ChannelHandlerContext ctx, @Nullable ByteBuf held) {
    byte[] trailers = body.trailers();
    if (trailers.length == 0) {
      return data(ctx, held == null ? Unpooled.EMPTY_BUFFER : held, true);
    }
    if (held != null) {
      var _ = data(ctx, held, false);
    }
    return ctx.write(new DefaultHttp2HeadersFrame(FieldLines.trailers(trailers), true));
  }

  /// Ends a body that lasts until the connection closes; null if it is not one that is open.
  @Nullable ChannelFuture close(ChannelHandlerContext ctx) {
    boolean open = body.state() == BodyReader.State.OPEN;
    return open && body.close() == BodyReader.State.ENDED
        ? data(ctx, Unpooled.EMPTY_BUFFER, true)
        : null;
  }

  private static ChannelFuture data(ChannelHandlerContext ctx, ByteBuf content, boolean ends) {
    return ctx.write(new DefaultHttp2DataFrame(content, ends));
  }
}
