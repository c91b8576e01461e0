package dev.ringmaster.gateway.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A client that speaks HTTP/2 with prior knowledge or, over TLS, by agreement; frames of a stream
/// are sent one by one.
public final class Http2Client implements AutoCloseable {
  private static final long PATIENCE_S = 20;

  /// So much that a stream which does not read does not stop the others on this side.
  private static final int CONNECTION_WINDOW_BYTES = 16 << 20;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel channel;
  private final CountDownLatch goAway = new CountDownLatch(1);

  private Http2Client(int port, Http2Settings settings, @Nullable SslContext tls) throws Exception {
    ChannelInitializer<Channel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel socket) {
            if (tls != null) {
              socket.pipeline().addLast(tls.newHandler(socket.alloc(), "localhost", port));
            }
            socket
                .pipeline()
                .addLast(
                    Http2FrameCodecBuilder.forClient()
                        .initialSettings(settings)
                        .validateHeaders(false)
                        .encoderIgnoreMaxHeaderListSize(true)
                        .build(),
                    new Http2MultiplexHandler(new Ignored()),
                    new Connection());
          }
        };
    channel =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .handler(initializer)
            .connect(InetAddress.getLoopbackAddress(), port)
            .sync()
            .channel();
    channel.writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW_BYTES)).sync();
  }

  /// A connection to a port of this machine.
  public static Http2Client to(int port) throws Exception {
    return to(port, Http2Settings.defaultSettings());
  }

  public static Http2Client to(int port, Http2Settings settings) throws Exception {
    return new Http2Client(port, settings, null);
  }

  /// A connection over TLS.
  public static Http2Client to(int port, SslContext tls) throws Exception {
    return new Http2Client(port, Http2Settings.defaultSettings(), tls);
  }

  /// Opens a stream; nothing is sent yet.
  public Stream open() throws Exception {
    Stream stream = new Stream();
    stream.channel =
        new Http2StreamChannelBootstrap(channel).handler(stream).open().sync().getNow();
    return stream;
  }

  /// Waits until GOAWAY comes.
  public boolean toldToGo() throws InterruptedException {
    return goAway.await(PATIENCE_S, TimeUnit.SECONDS);
  }

  /// Waits until the other side has closed the connection.
  public boolean closed() throws InterruptedException {
    return channel.closeFuture().await(PATIENCE_S, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static final class Ignored extends SimpleChannelInboundHandler<Object> {
    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) {}
  }

  private final class Connection extends SimpleChannelInboundHandler<Http2Frame> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Http2Frame frame) {
      if (frame instanceof Http2GoAwayFrame) {
        goAway.countDown();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      var _ = ctx.close();
    }
  }

  /// What came back.
  ///
  /// @param interim the statuses of interim answers
  /// @param status the status of the final answer, 0 if there was none
  /// @param error the code of the reset that ended the stream, -1 if none did
  public record Answer(
      List<Integer> interim,
      int status,
      Map<String, String> fields,
      String body,
      Map<String, String> trailers,
      long error) {}

  /// One request and its answer.
  public static final class Stream extends SimpleChannelInboundHandler<Object> {
    private final CompletableFuture<Answer> answered = new CompletableFuture<>();
    private final List<Integer> interim = new CopyOnWriteArrayList<>();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> trailers = new LinkedHashMap<>();
    private final StringBuilder body = new StringBuilder();
    private volatile int status;
    private final AtomicInteger received = new AtomicInteger();
    private volatile long error = -1;
    private @Nullable Http2StreamChannel channel;

    /// The head of a request to host `test`, pairs of names and values following.
    public static Http2Headers head(String method, String path, String... pairs) {
      Http2Headers head = new DefaultHttp2Headers(false);
      head.method(method).scheme("http").authority("test").path(path);
      for (int i = 0; i < pairs.length; i += 2) {
        head.add(pairs[i], pairs[i + 1]);
      }
      return head;
    }

    /// Sends a GET.
    public Stream get(String path, String... pairs) {
      return send(head("GET", path, pairs), true);
    }

    /// Sends a HEADERS frame.
    public Stream send(Http2Headers headers, boolean ends) {
      var _ = stream().writeAndFlush(new DefaultHttp2HeadersFrame(headers, ends));
      return this;
    }

    /// Sends a DATA frame.
    public Stream data(String content, boolean ends) {
      byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
      var _ =
          stream().writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), ends));
      return this;
    }

    /// Sends the HEADERS frame that ends the request, pairs of names and values.
    public Stream trailers(String... pairs) {
      Http2Headers trailers = new DefaultHttp2Headers(false);
      for (int i = 0; i < pairs.length; i += 2) {
        trailers.add(pairs[i], pairs[i + 1]);
      }
      return send(trailers, true);
    }

    /// Sends RST_STREAM.
    public void reset(Http2Error why) {
      var _ = stream().writeAndFlush(new DefaultHttp2ResetFrame(why));
    }

    /// Takes more of the answer, or leaves it with the sender.
    public Stream reading(boolean on) {
      stream().config().setAutoRead(on);
      return this;
    }

    /// Bytes of the answer's body so far.
    public int received() {
      return received.get();
    }

    /// The status, 0 before it came.
    public int status() {
      return status;
    }

    /// The statuses of interim answers so far.
    public List<Integer> interim() {
      return interim;
    }

    /// The code of the reset that came, -1 if none did.
    public long error() {
      return error;
    }

    /// Whether the request may be sent on.
    public boolean writable() {
      return stream().isWritable();
    }

    /// All that came until the end of the stream.
    public Answer answer() throws Exception {
      return answered.get(PATIENCE_S, TimeUnit.SECONDS);
    }

    private Http2StreamChannel stream() {
      Http2StreamChannel opened = channel;
      if (opened == null) {
        throw new IllegalStateException("not open");
      }
      return opened;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object frame) {
      if (frame instanceof Http2HeadersFrame headers) {
        takeHeaders(headers);
      } else if (frame instanceof Http2DataFrame data) {
        received.addAndGet(data.content().readableBytes());
        body.append(data.content().toString(StandardCharsets.ISO_8859_1));
        endIf(data.isEndStream());
      }
    }

    private void takeHeaders(Http2HeadersFrame frame) {
      CharSequence code = frame.headers().status();
      if (code != null && code.charAt(0) == '1') {
        interim.add(Integer.parseInt(code.toString()));
        return;
      }
      Map<String, String> into = status == 0 ? fields : trailers;
      frame
          .headers()
          .forEach(field ->
              into.merge(
                  field.getKey().toString(), field.getValue().toString(), (a, b) -> a + "|" + b));
      status = code == null ? status : Integer.parseInt(code.toString());
      endIf(frame.isEndStream());
    }

    private void endIf(boolean last) {
      if (last) {
        end();
      }
    }

    private void end() {
      answered.complete(new Answer(interim, status, fields, body.toString(), trailers, error));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof Http2ResetFrame reset) {
        error = reset.errorCode();
        end();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      end();
    }
  }
}
