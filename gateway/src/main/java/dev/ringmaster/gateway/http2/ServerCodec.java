package dev.ringmaster.gateway.http2;

import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;

/// The codec of a client's connection.
final class ServerCodec extends Http2FrameCodec {
  private ServerCodec(
      Http2ConnectionEncoder encoder, Http2ConnectionDecoder decoder, Http2Settings settings) {
    super(encoder, decoder, settings, false, true);
  }

  static ServerCodec with(Http2Limits limits, Duration drain) {
    return new Builder(limits, drain).build();
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<ServerCodec, Builder> {
    private final LateHeaders late;

    Builder(Http2Limits limits, Duration drain) {
      StreamHistory history = new StreamHistory();
      Http2Connection connection = new DefaultHttp2Connection(true);
      connection.addListener(history);
      late = new LateHeaders(history);
      int resetWindowSeconds = (int) limits.resetWindow().toSeconds();
      connection(connection);
      frameLogger(late.watch());
      initialSettings(
          new Http2Settings()
              .maxConcurrentStreams(limits.concurrentStreams())
              .maxHeaderListSize(limits.headerListBytes())
              .initialWindowSize(limits.streamWindowBytes()));
      decoderEnforceMaxConsecutiveEmptyDataFrames(limits.emptyDataFrames());
      decoderEnforceMaxRstFramesPerWindow(limits.resets(), resetWindowSeconds);
      encoderEnforceMaxRstFramesPerWindow(limits.provokedResets(), resetWindowSeconds);
      decoderEnforceMaxSmallContinuationFrames(limits.smallContinuations());
      encoderEnforceMaxQueuedControlFrames(limits.queuedControlFrames());
      gracefulShutdownTimeoutMillis(drain.toMillis());
    }

    @Override
    protected ServerCodec build() {
      return super.build();
    }

    @Override
    protected ServerCodec build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new ServerCodec(encoder, late.around(decoder), settings);
    }
  }
}
