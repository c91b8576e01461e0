package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.admission.ClientEntry;
import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.Answers.Failure;
import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.HeadWriter;
import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.Passing;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.Rejection;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.http2.Malformed;
import dev.ringmaster.gateway.ledger.Line;
import dev.ringmaster.gateway.time.Deadline;
import dev.ringmaster.gateway.time.Expiring;
import dev.ringmaster.gateway.transport.ReceiveSize;
import dev.ringmaster.gateway.trust.Origin;
import dev.ringmaster.gateway.trust.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's connection: cuts its bytes into requests, one turn at a time.
///
/// ```
/// resting → head → turn → resting …     the next request is read when the answer is done
///    │        │      └──→ lingering     the last answer is sent; what still comes is dropped
///    └────────┴──────┴──────┴──→ closed
/// ```
public final class ClientConnection extends ChannelInboundHandlerAdapter
    implements Client, Requester, Expiring {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  /// Input that waits for its turn, above which no more is read.
  private static final int MOST_PENDING_BYTES = 64 * 1024;

  /// Input that is dropped while lingering, above which the connection is cut.
  private static final int MOST_LINGERED_BYTES = 1 << 20;

  private enum State {
    RESTING,
    HEAD,
    TURN,
    LINGERING,
    CLOSED
  }

  /// Whether [#advance] is on the stack.
  private enum Cutting {
    RUNNING,
    STOPPED
  }

  private final Lane lane;
  private final Channel channel;
  private final Outlet outlet;
  private final ReceiveSize receive = new ReceiveSize(ReceiveSize.SMALL);
  private final RequestHead head;
  private final BodyReader body;
  private final Deadline deadline = new Deadline(this);
  private final Exchange exchange;
  private @Nullable Peer peer;
  private @Nullable Origin origin;
  private @Nullable ClientEntry entry;
  private Turn turn;
  private State state = State.RESTING;
  private Cutting cutting = Cutting.STOPPED;
  private @Nullable ByteBuf pending;
  private @Nullable BodyPace pace;
  private int lingeredBytes;
  private long requests;

  private ClientConnection(Lane lane, Channel channel, Outlet outlet) {
    this.lane = lane;
    this.channel = channel;
    this.outlet = outlet;
    this.head = new RequestHead(lane.shared().http());
    this.body = new BodyReader(lane.shared().http());
    this.exchange = Exchange.of(lane, this);
    this.turn = exchange;
    channel.config().setRecvByteBufAllocator(receive);
  }

  /// Becomes the only handler of a connection that was accepted.
  public static void accept(Lane lane, Channel channel) {
    channel.pipeline().addLast(new ClientConnection(lane, channel, Outlet.straight(channel)));
  }

  /// The last handler of a connection whose bytes TLS encrypts.
  static ClientConnection behindTls(Lane lane, Channel channel) {
    return new ClientConnection(lane, channel, Outlet.throughTls(channel));
  }

  /// The last handler of a stream of HTTP/2.
  static ClientConnection onStream(Lane lane, Channel channel) {
    return new ClientConnection(lane, channel, Outlet.asStream(channel));
  }

  @Override
  public RequestHead head() {
    return head;
  }

  @Override
  public BodyReader body() {
    return body;
  }

  /// The header values of the request by lower-case name, of a repeated one the first.
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int line = 0; line < head.headerCount(); line++) {
      String name = head.text(head.nameFrom(line), head.nameTo(line)).toLowerCase(Locale.ROOT);
      fields.putIfAbsent(name, head.valueText(line));
    }
    return fields;
  }

  @Override
  public boolean stored() {
    return false;
  }

  @Override
  public void writeHead(ByteBuf out, Passing passing) {
    HeadWriter.request(out, head, origin().told(), passing);
  }

  /// Whether the client came over TLS, to us or to a trusted proxy.
  boolean secure() {
    return origin().secure();
  }

  @Override
  public byte[] address() {
    return origin().address();
  }

  /// Whom the request comes from.
  Origin origin() {
    return Objects.requireNonNull(origin);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin();
  }

  /// The connection stands.
  void begin() {
    if (!lane.admit(this, channel)) {
      close();
      return;
    }
    peer = Peer.of(channel, outlet.scheme(), lane.shared().settings().trust());
    origin = peer.itself();
    Admission admission = lane.admission();
    entry = admission == null ? null : admission.hold(address());
    lane.waits().arm(deadline, lane.waits().idle);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    switch (state) {
      case RESTING, HEAD, TURN -> {
        pending = pending == null ? in : joined(pending, in);
        advance();
      }
      case LINGERING -> dropLingering(in);
      case CLOSED -> in.release();
    }
  }

  private ByteBuf joined(ByteBuf first, ByteBuf second) {
    int size = first.readableBytes() + second.readableBytes();
    ByteBuf whole = first;
    if (first.refCnt() > 1 || !first.isWritable(second.readableBytes())) {
      whole = lane.allocator().directBuffer(2 * size);
      whole.writeBytes(first);
      first.release();
    }
    whole.writeBytes(second);
    second.release();
    return whole;
  }

  /// Goes on with the input that waits, after a turn has grown hungry or is over. A turn that is
  /// over while this runs does not recurse; the loop finds the connection ready for the next
  /// request.
  @Override
  public void advance() {
    if (cutting == Cutting.RUNNING) {
      return;
    }
    cutting = Cutting.RUNNING;
    while (pending != null && pending.isReadable() && step(pending)) {}
    cutting = Cutting.STOPPED;
    if (pending != null && (!pending.isReadable() || state == State.CLOSED)) {
      pending.release();
      pending = null;
    }
    if (state == State.TURN) {
      turn.inputTaken();
    }
    if (pending != null && pace != null) {
      pace.heldBack();
    }
    outlet.read(pending == null || pending.readableBytes() < MOST_PENDING_BYTES);
  }

  /// One step on the input; false if it has to wait.
  private boolean step(ByteBuf in) {
    return switch (state) {
      case RESTING, HEAD -> takeHead(in);
      case TURN -> takeBody(in);
      case LINGERING -> {
        in.skipBytes(in.readableBytes());
        yield false;
      }
      case CLOSED -> false;
    };
  }

  private boolean takeHead(ByteBuf in) {
    boolean first = state == State.RESTING;
    if (first) {
      state = State.HEAD;
      head.reset();
    }
    Outcome outcome = head.parse(in);
    if (outcome == Outcome.COMPLETE) {
      beginTurn();
    } else if (outcome == Outcome.REJECTED) {
      refuse(in);
    } else if (first) {
      lane.waits().arm(deadline, lane.waits().head);
    }
    return true;
  }

  private void beginTurn() {
    state = State.TURN;
    requests++;
    if (peer != null && peer.speaksForOthers()) {
      origin = peer.originOf(head);
    }
    body.start(head);
    if (body.state() == BodyReader.State.OPEN) {
      bodyBegins();
    }
    Admission limiting = lane.admission();
    if (entry != null && limiting != null && limiting.refuses(lane, this, entry)) {
      turn = exchange;
    } else if (lane.ownPaths().has(head)) {
      OwnTurn own = new OwnTurn(lane, this);
      turn = own;
      own.begin();
    } else if (lane.redirect() != null && !secure()) {
      lane.redirect().send(lane, this);
    } else if (!LastHop.ends(lane, this) && !Accepting.begins(lane, this)) {
      turn = exchange;
      exchange.begin(this);
    }
  }

  private void bodyBegins() {
    int least = lane.shared().settings().limits().bodyBytesPerSecond();
    if (pace == null && least > 0) {
      pace = new BodyPace(lane, this, least);
    }
    if (pace != null) {
      pace.begin();
    }
  }

  /// The body comes too slowly, which is as if it did not come.
  BodyPace.Dawdling dawdles() {
    if (state == State.TURN && turn.awaitsBody()) {
      turn.expired();
    }
    return state == State.TURN ? BodyPace.Dawdling.BORNE : BodyPace.Dawdling.ENDED;
  }

  private boolean takeBody(ByteBuf in) {
    boolean hungry = turn.hungry(in.readableBytes());
    if (hungry) {
      turn.takeBody(in);
      if (body.state() == BodyReader.State.ENDED) {
        receive.rest();
      }
    }
    return hungry;
  }

  private void refuse(ByteBuf in) {
    Rejection rejection = Objects.requireNonNull(head.rejection());
    if (rejection == Rejection.HTTP2_PREFACE && mayChange()) {
      changeToHttp2(in);
      return;
    }
    refuse(rejection.status(), rejection.reason());
  }

  /// HTTP/2 with prior knowledge begins a connection of plain TCP (RFC 9113, 3.3); over TLS it is
  /// agreed upon.
  private boolean mayChange() {
    return requests == 0 && head.methodFrom() == 0 && outlet.plain();
  }

  /// What was taken for a head is the beginning of the preface.
  private void changeToHttp2(ByteBuf in) {
    ByteBuf all = lane.allocator().directBuffer(head.headLength() + in.readableBytes());
    all.writeBytes(head.bytes(), 0, head.headLength());
    all.writeBytes(in);
    end();
    ClientSession.begin(lane, channel);
    channel.pipeline().remove(this);
    channel.pipeline().fireChannelRead(all);
    channel.pipeline().fireChannelReadComplete();
  }

  private void refuse(int status, String reason) {
    fail(Failure.of(status, reason), Persistence.CLOSE, Method.GET);
    lane.ledger().unrouted(status);
    Line.Ending ending = new Line.Ending(status, 0, reason);
    String from = origin().text();
    lane.log(Line.unrouted(lane.nowMs(), from, Line.Request.UNREADABLE, ending));
    linger();
  }

  @Override
  public Line line(int status, long durationNs, @Nullable String note) {
    Line.Request request =
        new Line.Request(
            head.text(head.methodFrom(), head.methodTo()),
            head.text(head.targetFrom(), head.targetTo()));
    return Line.unrouted(
        lane.nowMs() - TimeUnit.NANOSECONDS.toMillis(durationNs),
        origin().text(),
        request,
        new Line.Ending(status, durationNs, note));
  }

  /// The connection goes on only if the client can tell where the answer ends.
  @Override
  public Persistence persistence() {
    if (lane.draining()
        || outlet.single()
        || !head.keepAlive()
        || body.state() != BodyReader.State.ENDED) {
      return Persistence.CLOSE;
    }
    return head.minorVersion() == 0 ? Persistence.STATED : Persistence.IMPLIED;
  }

  @Override
  public void turnOver(Persistence persistence) {
    if (persistence == Persistence.IMPLIED || persistence == Persistence.STATED) {
      state = State.RESTING;
      lane.waits().arm(deadline, lane.waits().idle);
      flush();
      advance();
    } else {
      linger();
    }
  }

  /// Another turn goes on with the request under way.
  void turn(Turn next) {
    turn = next;
  }

  /// The connection leaves HTTP; each end of it may end alone from now on.
  void becomes(Tunnel tunnel) {
    turn = tunnel;
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    advance();
  }

  /// Whether input waits to be taken.
  boolean hasInput() {
    return pending != null && pending.isReadable();
  }

  /// Tells the client, behind what is written, that nothing more comes.
  void endOutput() {
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(sent -> outlet.end().addListener(ChannelFutureListener.CLOSE_ON_FAILURE));
  }

  /// A tunnel is over and the connection with it, behind what is written.
  void endTurn() {
    if (channel instanceof DuplexChannel duplex && duplex.isInputShutdown()) {
      state = State.LINGERING;
      lane.waits().arm(deadline, lane.waits().idle);
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      linger();
    }
  }

  /// Sends what is written, then the end of our bytes, and drops what still comes. Closing at once
  /// would make the kernel reset the connection if input is unread, and the reset could overtake
  /// the answer (RFC 9112, section 9.6).
  private void linger() {
    state = State.LINGERING;
    lane.waits().arm(deadline, lane.waits().idle);
    outlet.read(true);
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> shutdown());
  }

  private void shutdown() {
    if (state == State.LINGERING) {
      lane.waits().arm(deadline, lane.waits().linger);
      outlet.end().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }

  private void dropLingering(ByteBuf in) {
    lingeredBytes += in.readableBytes();
    in.release();
    if (lingeredBytes > MOST_LINGERED_BYTES) {
      close();
    }
  }

  @Override
  public void fail(Failure failure, Persistence persistence, Method answered) {
    ByteBuf out = lane.allocator().directBuffer();
    Answers.failure(out, failure, persistence, answered);
    write(out);
  }

  void write(ByteBuf bytes) {
    outlet.write(bytes);
  }

  @Override
  public void flush() {
    outlet.flush();
  }

  @Override
  public boolean writable() {
    return outlet.writable();
  }

  @Override
  public void arm(long ticks) {
    lane.waits().arm(deadline, ticks);
  }

  void disarm() {
    lane.waits().disarm(deadline);
  }

  @Override
  public boolean counts() {
    return !outlet.single();
  }

  @Override
  public long backlogBytes() {
    return counts() ? Shedding.backlogBytes(channel) : 0;
  }

  /// No new request: ends now if there is none, else with the answer.
  @Override
  public void drain() {
    if (state == State.RESTING) {
      leave();
    } else if (state == State.TURN) {
      turn.drain();
    }
  }

  private void leave() {
    end();
    outlet.leave();
  }

  @Override
  public void expired() {
    switch (state) {
      case HEAD -> refuse(408, "the request's head did not come in time");
      case TURN -> turn.expired();
      case RESTING -> leave();
      case LINGERING -> close();
      case CLOSED -> {}
    }
  }

  @Override
  public void broke() {
    close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (state == State.TURN && outlet.writable()) {
      turn.clientWritable();
    }
  }

  /// The client has ended its side, which a connection hears alone only if it is a tunnel; or the
  /// stream that this connection is could not be translated.
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Malformed(String reason)) {
      refuse(400, reason);
    } else if (event == ChannelInputShutdownEvent.INSTANCE
        || event instanceof SslCloseCompletionEvent) {
      switch (state) {
        case TURN -> turn.clientDone();
        case LINGERING -> close();
        case RESTING, HEAD, CLOSED -> {}
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error("defect on a client's connection, which is closed", cause);
    }
    close();
  }

  /// Closes at once; a turn that is not over hears of it.
  @Override
  public void close() {
    end();
    outlet.cut();
  }

  /// Closes at once, by a reset.
  void reset() {
    end();
    outlet.reset();
  }

  private void forgetEntry() {
    Admission admission = lane.admission();
    if (entry != null && admission != null) {
      admission.release(entry);
      entry = null;
    }
  }

  private void end() {
    State was = state;
    state = State.CLOSED;
    lane.dismiss(this);
    forgetEntry();
    lane.waits().disarm(deadline);
    if (pace != null) {
      pace.end();
    }
    if (was == State.TURN) {
      turn.clientGone();
    }
    if (pending != null && cutting == Cutting.STOPPED) {
      pending.release();
      pending = null;
    }
  }
}
