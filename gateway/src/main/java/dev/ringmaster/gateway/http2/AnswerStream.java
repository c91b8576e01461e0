package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.Framing;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http2.ReplicaStreams.Said;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stream of one request to a replica: its frames become the bytes of an answer in HTTP/1.1,
/// which the connection reads.
final class AnswerStream extends ChannelInboundHandlerAdapter {
  private enum Reading {
    HEAD,
    BODY,
    ENDED,
    BROKEN
  }

  private final ChannelHandlerContext connection;
  private final ReplicaStreams streams;
  private final Method method;
  private final BodyLines lines = new BodyLines();
  private Reading reading = Reading.HEAD;
  private @Nullable ChannelHandlerContext own;

  AnswerStream(ChannelHandlerContext connection, ReplicaStreams streams, Method method) {
    this.connection = connection;
    this.streams = streams;
    this.method = method;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    own = ctx;
  }

  ChannelHandlerContext context() {
    return Objects.requireNonNull(own);
  }

  boolean open() {
    return context().channel().isActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    switch (frame) {
      case Http2HeadersFrame fields when reading == Reading.HEAD -> takeHead(fields);
      case Http2HeadersFrame trailers when reading == Reading.BODY -> takeTrailers(trailers);
      case Http2DataFrame data when reading == Reading.BODY -> takeData(data);
      default -> ReferenceCountUtil.release(frame);
    }
  }

  private void takeHead(Http2HeadersFrame frame) {
    boolean ends = frame.isEndStream();
    switch (AnswerLines.of(frame.headers(), ends, method, connection.alloc())) {
      case Translated.Head(ByteBuf bytes, Framing framing) -> {
        CharSequence status = frame.headers().status();
        boolean interim = status != null && status.charAt(0) == '1';
        lines.start(framing);
        pass(bytes, interim ? Reading.HEAD : ends ? Reading.ENDED : Reading.BODY);
      }
      case Translated.Refused(String _) -> breakOff(Said.NOTHING);
    }
  }

  private void takeData(Http2DataFrame frame) {
    boolean ends = frame.isEndStream();
    ByteBuf bytes = lines.data(frame.content(), ends, connection.alloc());
    pass(bytes, ends ? Reading.ENDED : Reading.BODY);
  }

  private void takeTrailers(Http2HeadersFrame frame) {
    ByteBuf end = lines.trailers(frame.headers(), connection.alloc());
    if (end == null) {
      breakOff(Said.NOTHING);
    } else {
      pass(end, Reading.ENDED);
    }
  }

  /// The connection may take the next request while it reads these bytes, so its state is set
  /// before.
  private void pass(ByteBuf bytes, Reading next) {
    reading = next;
    if (next == Reading.ENDED) {
      streams.streamEnded();
    }
    connection.fireChannelRead(bytes);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    connection.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.fireChannelWritabilityChanged();
  }

  /// A reset before the end of the answer, or GOAWAY that leaves this stream out.
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      boolean refused = reset.errorCode() == Http2Error.REFUSED_STREAM.code();
      breakOff(refused ? Said.REFUSED : Said.NOTHING);
    } else if (event instanceof Http2GoAwayFrame) {
      breakOff(Said.LEFT_OUT);
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    breakOff(Said.NOTHING);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    breakOff(Said.NOTHING);
  }

  private void breakOff(Said why) {
    if (reading == Reading.HEAD || reading == Reading.BODY) {
      reading = Reading.BROKEN;
      streams.brokenOff(why);
      connection.channel().unsafe().close(connection.channel().voidPromise());
    }
  }
}
