package dev.ringmaster.gateway.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A replica that speaks HTTP/2 only: it sends each request's body back, and trailers as gRPC does.
public final class Http2Server implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Queue<Http2Headers> heads = new ConcurrentLinkedQueue<>();
  private final Queue<String> trailers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger refusals;
  private final Channel listener;

  private Http2Server(@Nullable SslContext tls, int refusals) throws Exception {
    this.refusals = new AtomicInteger(refusals);
    ChannelInitializer<Channel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel socket) {
            connections.incrementAndGet();
            if (tls != null) {
              socket.pipeline().addLast(tls.newHandler(socket.alloc()));
            }
            socket
                .pipeline()
                .addLast(Http2FrameCodecBuilder.forServer().build())
                .addLast(new Http2MultiplexHandler(new Streams()));
          }
        };
    listener =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer)
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  /// A replica over plain TCP.
  public static Http2Server plain() throws Exception {
    return new Http2Server(null, 0);
  }

  /// A replica that refuses so many streams before it answers.
  public static Http2Server refusing(int streams) throws Exception {
    return new Http2Server(null, streams);
  }

  /// A replica over TLS.
  public static Http2Server over(SslContext tls) throws Exception {
    return new Http2Server(tls, 0);
  }

  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /// The heads of the requests so far.
  public Queue<Http2Headers> heads() {
    return heads;
  }

  /// The trailers of the requests so far.
  public Queue<String> trailers() {
    return trailers;
  }

  /// How many connections came.
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Streams extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream.pipeline().addLast(new Echo());
    }
  }

  private final class Echo extends SimpleChannelInboundHandler<Object> {
    private boolean answered;

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object frame) {
      if (frame instanceof Http2HeadersFrame headers) {
        takeHeaders(ctx, headers);
      } else if (frame instanceof Http2DataFrame data) {
        var _ = ctx.writeAndFlush(new DefaultHttp2DataFrame(data.content().retain()));
        endIf(ctx, data.isEndStream());
      }
    }

    private void takeHeaders(ChannelHandlerContext ctx, Http2HeadersFrame frame) {
      if (answered) {
        frame.headers().forEach(field -> trailers.add(field.getKey() + "=" + field.getValue()));
      } else if (refusals.getAndDecrement() > 0) {
        var _ = ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
        return;
      } else {
        heads.add(frame.headers());
        answered = true;
        Http2Headers head = new DefaultHttp2Headers().status("200").add("x-by", "h2");
        var _ = ctx.writeAndFlush(new DefaultHttp2HeadersFrame(head));
      }
      endIf(ctx, frame.isEndStream());
    }

    private void endIf(ChannelHandlerContext ctx, boolean last) {
      if (last) {
        byte[] bye = "bye".getBytes(StandardCharsets.US_ASCII);
        var _ = ctx.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bye)));
        Http2Headers end = new DefaultHttp2Headers().add("grpc-status", "0");
        var _ = ctx.writeAndFlush(new DefaultHttp2HeadersFrame(end, true));
      }
    }
  }
}
