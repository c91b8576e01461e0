package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.Framing;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.ResponseHead;
import dev.ringmaster.gateway.http2.BodyFrames.EndOfStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// Translates one stream of a client: what is read becomes a request in HTTP/1.1, and the answer in
/// HTTP/1.1 that is written becomes frames. It stands before the connection that takes them.
///
/// ```
/// reading:  head → body → ended        writing:  head → body → ended
///            └→ malformed → ended                 ↑ │
///                                                 └─┘ interim answers
/// ```
public final class ClientStream extends ChannelDuplexHandler {
  private enum Reading {
    HEAD,
    BODY,
    ENDED,
    MALFORMED
  }

  private enum Writing {
    HEAD,
    BODY,
    ENDED
  }

  private final ResponseHead head = new ResponseHead(BodyFrames.PASSED_ON);
  private final BodyLines lines = new BodyLines();
  private final BodyFrames frames = new BodyFrames();
  private Reading reading = Reading.HEAD;
  private Writing writing = Writing.HEAD;
  private Method method = Method.GET;
  private @Nullable ChannelFuture lastWrite;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case Http2HeadersFrame fields when reading == Reading.HEAD -> takeHead(ctx, fields);
      case Http2HeadersFrame trailers when reading == Reading.BODY -> takeTrailers(ctx, trailers);
      case Http2DataFrame data when reading == Reading.BODY -> takeData(ctx, data);
      default -> ReferenceCountUtil.release(message);
    }
  }

  private void takeHead(ChannelHandlerContext ctx, Http2HeadersFrame frame) {
    boolean ends = frame.isEndStream();
    switch (RequestLines.of(frame.headers(), ends, ctx.alloc())) {
      case Translated.Head(ByteBuf bytes, Framing framing) -> {
        begin(frame.headers(), ends, framing);
        ctx.fireChannelRead(bytes);
      }
      case Translated.Refused(String reason) -> {
        reading = Reading.MALFORMED;
        ctx.fireUserEventTriggered(new Malformed(reason));
      }
    }
  }

  private void begin(Http2Headers fields, boolean ends, Framing framing) {
    reading = ends ? Reading.ENDED : Reading.BODY;
    lines.start(framing);
    boolean bodiless = "HEAD".contentEquals(fields.method());
    method = bodiless ? Method.HEAD : Method.GET;
    head.reset(method);
  }

  private void takeData(ChannelHandlerContext ctx, Http2DataFrame frame) {
    boolean ends = frame.isEndStream();
    reading = ends ? Reading.ENDED : Reading.BODY;
    ctx.fireChannelRead(lines.data(frame.content(), ends, ctx.alloc()));
  }

  private void takeTrailers(ChannelHandlerContext ctx, Http2HeadersFrame frame) {
    reading = Reading.ENDED;
    ByteBuf end = lines.trailers(frame.headers(), ctx.alloc());
    if (end == null) {
      reset(ctx, Http2Error.PROTOCOL_ERROR);
    } else {
      ctx.fireChannelRead(end);
    }
  }

  /// What the codec finds wrong with a frame ends the stream, of which all others hear then.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof Http2Exception)) {
      ctx.fireExceptionCaught(cause);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message == EndOfOutput.MARK) {
      endOutput(ctx, promise);
      return;
    }
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable() && writing != Writing.ENDED) {
        send(ctx, in);
      }
    } finally {
      in.release();
    }
    if (!promise.isVoid()) {
      whenSent(promise::trySuccess);
    }
  }

  private void send(ChannelHandlerContext ctx, ByteBuf in) {
    if (writing == Writing.HEAD) {
      sendHead(ctx, in);
      return;
    }
    ChannelFuture written = frames.write(ctx, in, endOfStream());
    lastWrite = written == null ? lastWrite : written;
    writing = frames.ended() ? Writing.ENDED : Writing.BODY;
  }

  /// A stream that ended both ways could not be reset any more.
  private EndOfStream endOfStream() {
    return reading == Reading.MALFORMED ? EndOfStream.BY_RESET : EndOfStream.WITH_LAST_FRAME;
  }

  private void sendHead(ChannelHandlerContext ctx, ByteBuf in) {
    Outcome outcome = head.parse(in);
    if (outcome == Outcome.MORE) {
      return;
    }
    if (outcome == Outcome.REJECTED) {
      throw new IllegalStateException("an answer was written that is none: " + head.rejection());
    }
    boolean ends = !head.interim() && frames.start(head);
    boolean last = ends && endOfStream() == EndOfStream.WITH_LAST_FRAME;
    lastWrite = ctx.write(new DefaultHttp2HeadersFrame(AnswerFields.of(head), last));
    if (head.interim()) {
      head.reset(method);
    } else {
      writing = ends ? Writing.ENDED : Writing.BODY;
    }
  }

  /// The answer is complete. A request that is not yet is told to stop (RFC 9113, 8.1).
  private void endOutput(ChannelHandlerContext ctx, ChannelPromise promise) {
    ChannelFuture end = writing == Writing.BODY ? frames.close(ctx) : null;
    if (end != null) {
      writing = Writing.ENDED;
      lastWrite = end;
      ctx.flush();
    }
    whenSent(() -> {
      if (reading == Reading.MALFORMED) {
        reset(ctx, Http2Error.PROTOCOL_ERROR);
      } else if (reading != Reading.ENDED) {
        reset(ctx, Http2Error.NO_ERROR);
      } else {
        var _ = ctx.channel().close();
      }
    });
    promise.trySuccess();
  }

  private void whenSent(Runnable action) {
    ChannelFuture last = lastWrite;
    if (last == null || last.isDone()) {
      action.run();
    } else {
      last.addListener(written -> action.run());
    }
  }

  private static void reset(ChannelHandlerContext ctx, Http2Error error) {
    var _ = ctx.writeAndFlush(new DefaultHttp2ResetFrame(error));
    var _ = ctx.close();
  }

  /// A client that has the beginning of an answer must not take it for the whole.
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    boolean sent = lastWrite == null || lastWrite.isDone();
    if (writing == Writing.BODY) {
      var _ = ctx.write(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
    } else if (!sent) {
      var _ = ctx.write(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
    }
    var _ = ctx.close(promise);
  }
}
