package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http2.EndOfOutput;
import dev.ringmaster.gateway.http2.ReplicaStreams;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/// Where the bytes of a connection leave. On plain TCP nothing stands between the connection and
/// its socket, and the bytes go straight to it; TLS or HTTP/2 stand in the pipeline, and the bytes
/// go through them.
final class Outlet {
  private enum Way {
    STRAIGHT,
    THROUGH_TLS,
    AS_STREAM
  }

  private final Channel channel;
  private final Way way;

  private final @Nullable ReplicaStreams streams;

  private Outlet(Channel channel, Way way) {
    this(channel, way, null);
  }

  private Outlet(Channel channel, Way way, @Nullable ReplicaStreams streams) {
    this.channel = channel;
    this.way = way;
    this.streams = streams;
  }

  /// The outlet of a channel whose pipeline has no handler but the connection.
  static Outlet straight(Channel channel) {
    return new Outlet(channel, Way.STRAIGHT);
  }

  /// The outlet of a socket channel whose bytes TLS encrypts.
  static Outlet throughTls(Channel channel) {
    return new Outlet(channel, Way.THROUGH_TLS);
  }

  /// The outlet of a connection to a replica that does not speak plain HTTP/1.1.
  ///
  /// @param streams the translation to HTTP/2; null for HTTP/1.1
  static Outlet toReplica(Channel channel, @Nullable ReplicaStreams streams) {
    return new Outlet(channel, Way.THROUGH_TLS, streams);
  }

  /// The outlet of a stream of HTTP/2.
  static Outlet asStream(Channel channel) {
    return new Outlet(channel, Way.AS_STREAM);
  }

  /// Whether nothing stands between the connection and its socket.
  boolean plain() {
    return way == Way.STRAIGHT;
  }

  /// Whether it carries one request and one answer only.
  boolean single() {
    return way == Way.AS_STREAM;
  }

  /// How the peer reached this connection.
  String scheme() {
    Channel socket = way == Way.AS_STREAM ? channel.parent() : channel;
    boolean plain = way == Way.STRAIGHT || socket.pipeline().get(SslHandler.class) == null;
    return plain ? "http" : "https";
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
    return channel.isWritable() && (streams == null || streams.writable());
  }

  /// Whether it takes another request, between two of them.
  ReplicaStreams.Rest rest() {
    return streams == null ? ReplicaStreams.Rest.READY : streams.rest();
  }

  /// What the replica said of a request whose connection has closed.
  ReplicaStreams.Said said() {
    return streams == null ? ReplicaStreams.Said.NOTHING : streams.said();
  }

  /// Reads on, or leaves further bytes with the kernel or, by flow control, with the peer.
  void read(boolean on) {
    if (channel.config().isAutoRead() != on) {
      channel.config().setAutoRead(on);
    }
  }

  /// Tells the peer that no more bytes come, behind those that were written: TLS says
  /// `close_notify` and TCP FIN, and what the peer still sends can be read. A stream of HTTP/2 ends
  /// both ways.
  ChannelFuture end() {
    return switch (way) {
      case STRAIGHT -> ((DuplexChannel) channel).shutdownOutput();
      case THROUGH_TLS -> endTls((DuplexChannel) channel);
      case AS_STREAM -> channel.writeAndFlush(EndOfOutput.MARK);
    };
  }

  private static ChannelFuture endTls(DuplexChannel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      return channel.shutdownOutput();
    }
    ChannelPromise ended = channel.newPromise();
    tls.closeOutbound()
        .addListener(said -> {
          var _ = channel.shutdownOutput(ended);
        });
    return ended;
  }

  /// Closes between two messages: as [#cut], but TLS says `close_notify`.
  void leave() {
    if (way == Way.THROUGH_TLS) {
      var _ = channel.close();
    } else {
      cut();
    }
  }

  /// Closes as [#cut], so that even a peer to whom the end of the connection means the end of the
  /// message hears that it is not: TCP without FIN.
  void reset() {
    if (way != Way.AS_STREAM) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    cut();
  }

  /// Closes at once, so that the peer cannot take what it has for a whole message: TLS without
  /// `close_notify`, a stream of HTTP/2 by a reset.
  void cut() {
    if (way == Way.AS_STREAM) {
      var _ = channel.close();
    } else {
      channel.unsafe().close(channel.voidPromise());
    }
  }
}
