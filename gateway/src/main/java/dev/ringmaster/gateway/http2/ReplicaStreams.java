package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.http2.BodyFrames.EndOfStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A connection to a replica that speaks HTTP/2, one stream after another: the requests in HTTP/1.1
/// that are written to it become streams, and their answers are read as HTTP/1.1. A stream that
/// breaks ends the connection, which the pool then replaces.
///
/// ```
/// idle → stream → idle …     stream ─→ closed      reset, GOAWAY below its id, answer that is none
/// ```
///
/// An answer in HTTP/1.1 may be over before its stream is, which ends with a frame of its own then:
/// the next request must wait for [Rest#READY].
public final class ReplicaStreams extends ChannelDuplexHandler {
  /// What the connection can do between two requests.
  public enum Rest {
    /// It takes one.
    READY,
    /// The last stream has not ended. When it does, an empty read tells.
    STREAM_OPEN,
    /// It takes none any more; told by an event if it rests.
    LEAVING
  }

  /// What the replica says of a request whose stream it broke off.
  public enum Said {
    NOTHING,
    /// It was not looked at: GOAWAY leaves it out.
    LEFT_OUT,
    /// It was not looked at: REFUSED_STREAM.
    REFUSED
  }

  private enum Standing {
    OPEN,
    /// The replica has said GOAWAY.
    LEAVING
  }

  private final String scheme;
  private final RequestHead head = new RequestHead(BodyFrames.PASSED_ON);
  private final BodyFrames frames = new BodyFrames();
  private Standing standing = Standing.OPEN;
  private Said said = Said.NOTHING;
  private @Nullable AnswerStream answer;

  /// The translation of one connection.
  ///
  /// @param scheme `http` or `https`
  public ReplicaStreams(String scheme) {
    this.scheme = scheme;
  }

  /// Adds the codec and itself to the connection's pipeline.
  public void addTo(Channel channel) {
    Http2Limits limits = Http2Limits.DEFAULT;
    int resetWindowSeconds = (int) limits.resetWindow().toSeconds();
    channel
        .pipeline()
        .addLast(
            Http2FrameCodecBuilder.forClient()
                .initialSettings(
                    new Http2Settings()
                        .pushEnabled(false)
                        .maxHeaderListSize(limits.headerListBytes())
                        .initialWindowSize(limits.connectionWindowBytes()))
                .decoderEnforceMaxConsecutiveEmptyDataFrames(limits.emptyDataFrames())
                .decoderEnforceMaxRstFramesPerWindow(limits.resets(), resetWindowSeconds)
                .decoderEnforceMaxSmallContinuationFrames(limits.smallContinuations())
                .encoderEnforceMaxQueuedControlFrames(limits.queuedControlFrames())
                .gracefulShutdownTimeoutMillis(Duration.ZERO.toMillis())
                .build(),
            new Http2MultiplexHandler(new Unasked()),
            this);
  }

  /// A stream that a replica opens; push is off, so there is none.
  private static final class Unasked extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      var _ = ctx.close();
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable()) {
        send(ctx, in);
      }
    } finally {
      in.release();
    }
    promise.trySuccess();
  }

  private void send(ChannelHandlerContext ctx, ByteBuf in) {
    AnswerStream stream = answer;
    if (stream == null) {
      sendHead(ctx, in);
    } else if (!stream.open()) {
      in.skipBytes(in.readableBytes());
    } else if (frames.ended()) {
      throw new IllegalStateException("a request before the stream of the last has ended");
    } else {
      var _ = frames.write(stream.context(), in, EndOfStream.WITH_LAST_FRAME);
    }
  }

  private void sendHead(ChannelHandlerContext ctx, ByteBuf in) {
    Outcome outcome = head.parse(in);
    if (outcome == Outcome.MORE) {
      return;
    }
    if (outcome == Outcome.REJECTED) {
      throw new IllegalStateException("a request was written that is none: " + head.rejection());
    }
    boolean ends = frames.start(head);
    Http2Headers fields = RequestFields.of(head, scheme);
    AnswerStream stream = new AnswerStream(ctx, this, head.method());
    answer = stream;
    head.reset();
    var _ = new Http2StreamChannelBootstrap(ctx.channel()).handler(stream).open();
    var _ = stream.context().write(new DefaultHttp2HeadersFrame(fields, ends));
  }

  /// Whether flow control lets more of the request be sent.
  public boolean writable() {
    AnswerStream stream = answer;
    return stream == null || stream.context().channel().isWritable();
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    AnswerStream stream = answer;
    if (stream != null) {
      stream.context().channel().flush();
    }
    ctx.flush();
  }

  /// Whether it takes another request after an answer has ended.
  public Rest rest() {
    if (standing == Standing.LEAVING) {
      return Rest.LEAVING;
    }
    return answer == null ? Rest.READY : Rest.STREAM_OPEN;
  }

  /// What was said of the request on a connection that has closed.
  public Said said() {
    return said;
  }

  /// The replica has ended its answer.
  void streamEnded() {
    answer = null;
  }

  /// The replica has broken the stream off, which is the connection's last.
  void brokenOff(Said why) {
    said = why;
    standing = Standing.LEAVING;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    if (frame instanceof Http2GoAwayFrame) {
      standing = Standing.LEAVING;
      if (answer == null) {
        ctx.fireUserEventTriggered(Rest.LEAVING);
      }
    }
    ReferenceCountUtil.release(frame);
  }
}
