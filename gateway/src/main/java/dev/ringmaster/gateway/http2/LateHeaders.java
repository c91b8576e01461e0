package dev.ringmaster.gateway.http2;

import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;
import static io.netty.handler.codec.http2.Http2Error.STREAM_CLOSED;
import static io.netty.handler.codec.http2.Http2Exception.connectionError;
import static io.netty.handler.codec.http2.Http2Exception.streamError;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2FrameLogger;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.logging.LogLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives HEADERS on a stream that cannot have any more the errors that RFC 9113 asks for; the codec
/// has a stream error of one kind for all of them.
///
/// | the stream | the error |
/// |---|---|
/// | was ended by the peer and is open on our side (5.1) | of the stream, STREAM_CLOSED |
/// | was ended by the peer and is closed (5.1) | of the connection, STREAM_CLOSED |
/// | was passed over by a higher id (5.1.1) | of the connection, PROTOCOL_ERROR |
final class LateHeaders {
  private final StreamHistory history;
  private @Nullable Http2Exception found;
  private int foundOn;

  LateHeaders(StreamHistory history) {
    this.history = history;
  }

  /// Sees each frame before the codec judges it.
  Http2FrameLogger watch() {
    return new Watch();
  }

  /// Puts the right error in the place of the codec's.
  Http2ConnectionDecoder around(Http2ConnectionDecoder decoder) {
    return new Decoder(decoder);
  }

  private final class Watch extends Http2FrameLogger {
    Watch() {
      super(LogLevel.TRACE, LateHeaders.class);
    }

    @Override
    public void logHeaders(
        Direction direction,
        ChannelHandlerContext ctx,
        int streamId,
        Http2Headers headers,
        int padding,
        boolean endStream) {
      see(direction, streamId);
    }

    @Override
    public void logHeaders(
        Direction direction,
        ChannelHandlerContext ctx,
        int streamId,
        Http2Headers headers,
        int streamDependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean endStream) {
      see(direction, streamId);
    }

    private void see(Direction direction, int streamId) {
      if (direction == Direction.OUTBOUND) {
        return;
      }
      foundOn = streamId;
      found = null;
      if (history.ended(streamId)) {
        found = streamError(streamId, STREAM_CLOSED, "HEADERS on an ended stream");
      } else if (history.passedOver(streamId)) {
        found = connectionError(PROTOCOL_ERROR, "HEADERS with an id below the newest");
      }
    }
  }

  private final class Decoder extends DecoratingHttp2ConnectionDecoder {
    Decoder(Http2ConnectionDecoder decoder) {
      super(decoder);
    }

    @Override
    public void decodeFrame(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
        throws Http2Exception {
      try {
        super.decodeFrame(ctx, in, out);
      } catch (StreamException byCodec) {
        throw judged(byCodec);
      }
    }

    private Http2Exception judged(StreamException byCodec) {
      Http2Exception late = foundOn == byCodec.streamId() ? found : null;
      found = null;
      if (late instanceof StreamException && connection().stream(foundOn) == null) {
        return connectionError(STREAM_CLOSED, "HEADERS on a closed stream");
      }
      return late == null ? byCodec : late;
    }
  }
}
