package dev.ringmaster.gateway.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/// Where the bytes of a connection leave. On plain TCP nothing stands between the connection and
/// its socket, and the bytes go straight to it; TLS or HTTP/2 stand in the pipeline, and the bytes
/// go through them.
final class Outlet {
  private enum Way {
    STRAIGHT,
    THROUGH_PIPELINE
  }

  private final Channel channel;
  private final Way way;

  private Outlet(Channel channel, Way way) {
    this.channel = channel;
    this.way = way;
  }

  /// The outlet of a channel whose pipeline has no handler but the connection.
  static Outlet straight(Channel channel) {
    return new Outlet(channel, Way.STRAIGHT);
  }

  /// The outlet of a channel whose pipeline has handlers before the connection.
  static Outlet throughPipeline(Channel channel) {
    return new Outlet(channel, Way.THROUGH_PIPELINE);
  }

  /// Takes the bytes over; they leave with the next [#flush].
  void write(ByteBuf bytes) {
    if (way == Way.STRAIGHT) {
      channel.unsafe().write(bytes, channel.voidPromise());
    } else {
      var _ = channel.write(bytes, channel.voidPromise());
    }
  }

  void flush() {
    if (way == Way.STRAIGHT) {
      channel.unsafe().flush();
    } else {
      channel.flush();
    }
  }

  boolean writable() {
    return channel.isWritable();
  }

  /// Reads on, or leaves further bytes with the kernel or, by flow control, with the peer.
  void read(boolean on) {
    if (channel.config().isAutoRead() != on) {
      channel.config().setAutoRead(on);
    }
  }

  /// Tells the peer that no more bytes come, behind those that were written: TLS says
  /// `close_notify` and TCP FIN. What the peer still sends can be read. A stream of HTTP/2, which
  /// ends both ways at once, is closed.
  ChannelFuture end() {
    if (!(channel instanceof DuplexChannel duplex)) {
      return channel.close();
    }
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      return duplex.shutdownOutput();
    }
    ChannelPromise ended = channel.newPromise();
    tls.closeOutbound()
        .addListener(said -> {
          var _ = duplex.shutdownOutput(ended);
        });
    return ended;
  }

  /// Closes between two messages: as [#cut], but the peer is told if the protocol has words for it.
  void leave() {
    if (way == Way.STRAIGHT) {
      cut();
    } else {
      var _ = channel.close();
    }
  }

  /// Closes at once, so that the peer cannot take what it has for a whole message: TLS without
  /// `close_notify`, a stream of HTTP/2 by a reset.
  void cut() {
    channel.unsafe().close(channel.voidPromise());
  }
}
