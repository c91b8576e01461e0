package dev.ringmaster.gateway.http2;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import java.time.Duration;

/// Netty's codec of HTTP/2 with our limits.
public final class Codecs {
  private Codecs() {}

  /// Adds what makes streams of a client's connection.
  ///
  /// @param streams the initializer of each stream
  /// @param drain how long a connection that closes waits for its streams
  public static void addServer(Channel channel, ChannelHandler streams, Duration drain) {
    Http2Limits limits = Http2Limits.DEFAULT;
    channel.pipeline().addLast(ServerCodec.with(limits, drain), new Http2MultiplexHandler(streams));
    int more = limits.connectionWindowBytes() - Http2CodecUtil.DEFAULT_WINDOW_SIZE;
    var _ = channel.pipeline().writeAndFlush(new DefaultHttp2WindowUpdateFrame(more));
  }
}
