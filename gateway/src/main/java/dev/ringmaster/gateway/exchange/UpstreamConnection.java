package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.ResponseHead;
import dev.ringmaster.gateway.http2.ReplicaStreams;
import dev.ringmaster.gateway.retry.Failure;
import dev.ringmaster.gateway.time.Deadline;
import dev.ringmaster.gateway.time.Expiring;
import dev.ringmaster.gateway.tls.ReplicaTls;
import dev.ringmaster.gateway.transport.ReceiveSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to a replica.
///
/// ```
/// connecting → head → body → idle → head …      an answer ends, the next exchange takes it
///      │        │ └────┴──→ draining → idle     what is left of an answer nobody wants is read
///      │        └──→ tunnel                     the replica has left HTTP, as it was asked to
///      └────────┴────┴─────────┴──→ closed
/// ```
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements Expiring {
  /// More interim answers to one request than any server sends.
  private static final int MOST_INTERIM = 16;

  /// The most of an unwanted answer that is read to keep the connection.
  private static final int MOST_DRAINED_BYTES = 256 * 1024;

  /// Room that a kept connection holds: enough for a small answer in one read.
  private static final int REST_BYTES = 32 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamConnection.class);

  private enum State {
    CONNECTING,
    HEAD,
    BODY,
    DRAINING,
    IDLE,
    TUNNEL,
    CLOSED
  }

  /// What is known of the end of the replica's bytes.
  private enum Ending {
    OPEN,
    /// TLS has said that no more come.
    TOLD,
    /// A read or a write has failed.
    BROKEN
  }

  private final Lane lane;
  private final Terms terms;
  private final ReplicaPool pool;
  private final ResponseHead head;
  private final BodyReader body;
  private final Deadline deadline = new Deadline(this);
  private final @Nullable ReplicaTls tls;
  private final Channel channel;
  private final Outlet outlet;
  private final ReceiveSize receive = new ReceiveSize(REST_BYTES);
  private State state = State.CONNECTING;
  private Ending ending = Ending.OPEN;
  private @Nullable Asker exchange;
  private @Nullable Tunnel tunnel;
  private int answers;
  private int interim;
  private int drainedBytes;

  UpstreamConnection(LocalService service, ReplicaPool pool, Asker exchange) {
    this.lane = service.lane();
    this.terms = service.terms();
    this.pool = pool;
    this.exchange = exchange;
    this.head = new ResponseHead(lane.shared().http());
    this.body = new BodyReader(lane.shared().http());
    this.tls = service.tls();
    ReplicaStreams streams = streams(service);
    boolean plain = tls == null && streams == null;
    ChannelHandler first = plain ? this : new Pipeline(streams);
    this.channel = lane.replicas().clone().handler(first).register().channel();
    this.outlet = plain ? Outlet.straight(channel) : Outlet.toReplica(channel, streams);
    channel.config().setRecvByteBufAllocator(receive);
  }

  private static @Nullable ReplicaStreams streams(LocalService service) {
    return switch (service.settings().link().protocol()) {
      case HTTP1 -> null;
      case HTTP2 -> new ReplicaStreams(service.tls() == null ? "http" : "https");
    };
  }

  /// What stands before this connection if that is not plain HTTP/1.1.
  private final class Pipeline extends ChannelInitializer<Channel> {
    private final @Nullable ReplicaStreams streams;

    Pipeline(@Nullable ReplicaStreams streams) {
      this.streams = streams;
    }

    @Override
    protected void initChannel(Channel socket) {
      ReplicaTls secured = tls;
      if (secured != null) {
        socket.pipeline().addLast(secured.handler(lane.allocator(), pool.replica().address()));
      }
      if (streams != null) {
        streams.addTo(socket);
      }
      socket.pipeline().addLast(UpstreamConnection.this);
    }
  }

  /// Begins to connect; the exchange hears how that ends, perhaps before this returns.
  void connect() {
    if (!channel.isRegistered()) {
      connected(false, Failure.NO_SOCKET);
      return;
    }
    channel.connect(pool.replica().address()).addListener(future -> joined(future.isSuccess()));
  }

  /// TCP stands or does not.
  private void joined(boolean stands) {
    SslHandler handler = tls == null || !stands ? null : channel.pipeline().get(SslHandler.class);
    if (handler == null) {
      connected(stands, Failure.REFUSED);
    } else {
      handler
          .handshakeFuture()
          .addListener(done -> connected(done.isSuccess(), tlsFailure(done.cause())));
    }
  }

  private Failure tlsFailure(@Nullable Throwable cause) {
    if (!(cause instanceof SSLException)) {
      return Failure.REFUSED;
    }
    LOG.debug("TLS with {} failed: {}", pool.replica().name(), cause.getMessage());
    return Failure.UNTRUSTED;
  }

  private void connected(boolean stands, Failure failure) {
    Asker waiting = exchange;
    if (state != State.CONNECTING || waiting == null) {
      return;
    }
    if (stands) {
      waiting.connected(this);
    } else {
      end();
      outlet.cut();
      waiting.failed(failure);
    }
  }

  ReplicaPool pool() {
    return pool;
  }

  /// Whether it has carried an answer before, so that the replica may have closed it by now.
  boolean kept() {
    return answers > 0;
  }

  /// Makes ready for the answer to a request.
  void begin(Asker next, Method method) {
    exchange = next;
    state = State.HEAD;
    interim = 0;
    head.reset(method);
    lane.waits().disarm(deadline);
  }

  /// Another hears of it from now on.
  void handTo(Exchange next) {
    exchange = next;
  }

  /// Whether the request was written to it.
  boolean asked() {
    return state != State.CONNECTING;
  }

  void write(ByteBuf bytes) {
    outlet.write(bytes);
  }

  void flush() {
    outlet.flush();
  }

  boolean writable() {
    return outlet.writable();
  }

  /// Reads on, or leaves further bytes with the kernel.
  void read(boolean on) {
    outlet.read(on);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      take(in);
    } finally {
      in.release();
    }
  }

  private void take(ByteBuf in) {
    while (state == State.HEAD && in.isReadable()) {
      takeHead(in);
    }
    if (state == State.BODY) {
      takeBody(in);
    } else if (state == State.DRAINING) {
      drain(in);
    } else if (tunnel != null) {
      tunnel.takeAnswer(in);
    } else if (in.isReadable()) {
      close();
    }
  }

  private void takeHead(ByteBuf in) {
    Outcome outcome = head.parse(in);
    if (outcome == Outcome.MORE) {
      return;
    }
    boolean tooMany = outcome == Outcome.COMPLETE && head.interim() && ++interim > MOST_INTERIM;
    if (outcome == Outcome.REJECTED || tooMany) {
      fail(Failure.GARBAGE);
    } else if (head.status() == 101) {
      switchProtocols();
    } else if (head.interim()) {
      current().interim(head);
      head.reset(current().method());
    } else {
      state = State.BODY;
      body.start(head);
      current().answerBegins(this, head, in);
    }
  }

  private void switchProtocols() {
    if (!current().mayTunnel(head)) {
      fail(Failure.GARBAGE);
      return;
    }
    state = State.TUNNEL;
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    tunnel = current().tunnel(this, head);
    tunnel.begin();
  }

  /// Tells the replica, behind what is written, that nothing more comes.
  void endOutput() {
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(sent -> outlet.end().addListener(ChannelFutureListener.CLOSE_ON_FAILURE));
  }

  /// Closes behind what is written, or when that is not taken in time; without telling anyone.
  void closeWritten() {
    end();
    lane.waits().arm(deadline, lane.waits().linger);
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void takeBody(ByteBuf in) {
    current().answerBytes(this, body, in);
    if (state == State.BODY) {
      judge(in);
    }
  }

  private void judge(ByteBuf in) {
    switch (body.state()) {
      case OPEN -> {}
      case ENDED -> endAnswer(!in.isReadable());
      case MALFORMED -> fail(Failure.GARBAGE);
    }
  }

  private void endAnswer(boolean clean) {
    Asker ended = current();
    exchange = null;
    answers++;
    if (clean && head.keepAlive() && ended.requestSent()) {
      restIfReady();
    } else {
      close();
    }
    ended.answerEnds();
  }

  private void restIfReady() {
    switch (outlet.rest()) {
      case READY -> {
        if (pool.keep(this)) {
          rest();
        } else {
          close();
        }
      }
      case STREAM_OPEN -> awaitEnd();
      case LEAVING -> close();
    }
  }

  /// Nothing more is wanted of the answer but its end, so that the connection can be kept.
  private void awaitEnd() {
    if (state != State.DRAINING) {
      state = State.DRAINING;
      drainedBytes = 0;
      read(true);
      lane.waits().arm(deadline, terms.connect());
    }
  }

  private void rest() {
    state = State.IDLE;
    receive.rest();
    read(true);
    lane.waits().arm(deadline, terms.idle());
  }

  /// The exchange does not want the rest of the answer. A short rest is read, so that the
  /// connection can be kept.
  void abandonAnswer() {
    exchange = null;
    answers++;
    awaitEnd();
  }

  private void drain(ByteBuf in) {
    int taken = body.raw(in);
    drainedBytes += taken;
    in.skipBytes(taken);
    boolean over = body.state() == BodyReader.State.ENDED;
    if (over && !in.isReadable() && head.keepAlive()) {
      restIfReady();
    } else if (over || in.isReadable() || drainedBytes > MOST_DRAINED_BYTES) {
      close();
    }
  }

  private void fail(Failure failure) {
    Asker failed = current();
    close();
    failed.failed(failure);
  }

  private Asker current() {
    Asker current = exchange;
    if (current == null) {
      throw new IllegalStateException("no exchange on a connection in state " + state);
    }
    return current;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (exchange != null) {
      exchange.flushClient();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (exchange != null && outlet.writable()) {
      exchange.replicaWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (tunnel != null && event == ChannelInputShutdownEvent.INSTANCE) {
      tunnel.replicaDone();
    } else if (event == SslCloseCompletionEvent.SUCCESS && ending == Ending.OPEN) {
      ending = Ending.TOLD;
    } else if (event == ReplicaStreams.Rest.LEAVING && state == State.IDLE) {
      close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    State was = state;
    Asker left = exchange;
    Tunnel broken = tunnel;
    end();
    if (broken != null) {
      broken.replicaGone();
      return;
    }
    if (was == State.IDLE) {
      pool.forget(this);
    }
    if (left == null || was == State.CLOSED) {
      return;
    }
    if (was == State.BODY && endsHere()) {
      left.answerEnds();
    } else {
      boolean nothingCame = was == State.HEAD && head.headLength() == 0 && interim == 0;
      left.failed(nothingCame ? unanswered() : Failure.BROKEN);
    }
  }

  /// Whether the end of the connection is that of an answer which lasts until then. It is not if a
  /// read or a write failed, and over TLS only behind a `close_notify`: anyone can send a FIN (RFC
  /// 9112, 9.8).
  private boolean endsHere() {
    boolean told = tls == null ? ending == Ending.OPEN : ending == Ending.TOLD;
    return told && body.close() == BodyReader.State.ENDED;
  }

  /// How a request failed of whose answer not a byte came.
  private Failure unanswered() {
    return switch (outlet.said()) {
      case NOTHING -> kept() ? Failure.STALE : Failure.BROKEN;
      case LEFT_OUT -> kept() ? Failure.LEFT_OUT : Failure.TURNED_AWAY;
      case REFUSED -> Failure.TURNED_AWAY;
    };
  }

  /// A write failed or a read did. The connection is not closed for it at once: an answer that the
  /// replica sent before it stopped reading may still be on its way. The end of its bytes closes
  /// it, or the deadline does.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!ofThePeer(cause)) {
      LOG.error("defect on a connection to {}, which is closed", pool.replica().name(), cause);
      outlet.cut();
      return;
    }
    ending = Ending.BROKEN;
    if (exchange == null) {
      close();
    } else if (channel.isActive()) {
      lane.waits().arm(deadline, terms.connect());
    }
  }

  private static boolean ofThePeer(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof Http2Exception
        || (cause instanceof DecoderException && cause.getCause() instanceof IOException);
  }

  @Override
  public void expired() {
    outlet.cut();
  }

  /// Closes without telling the exchange.
  void close() {
    if (state == State.IDLE) {
      pool.forget(this);
    }
    end();
    outlet.cut();
  }

  private void end() {
    state = State.CLOSED;
    exchange = null;
    tunnel = null;
    lane.waits().disarm(deadline);
  }
}
