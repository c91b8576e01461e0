package dev.ringmaster.gateway;

import dev.ringmaster.gateway.admission.ClientTable;
import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.choice.RouteExplainer;
import dev.ringmaster.gateway.exchange.ClientConnection;
import dev.ringmaster.gateway.exchange.ClientHandshake;
import dev.ringmaster.gateway.exchange.GatewayCourier;
import dev.ringmaster.gateway.exchange.Greeting;
import dev.ringmaster.gateway.exchange.Lane;
import dev.ringmaster.gateway.heavy.HeavyWatch;
import dev.ringmaster.gateway.ledger.AccessLog;
import dev.ringmaster.gateway.ledger.Ledger;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LineBuffer;
import dev.ringmaster.gateway.ledger.LoopLedger;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.QueueDoor;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.settings.TlsSettings;
import dev.ringmaster.gateway.settings.Transport;
import dev.ringmaster.gateway.tls.Keyring;
import dev.ringmaster.gateway.tls.Provider;
import dev.ringmaster.gateway.tls.TlsReport;
import dev.ringmaster.gateway.tls.Unusable;
import dev.ringmaster.gateway.transport.Sockets;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.delivery.Courier;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The data plane: takes requests at one address and gives each to a replica of its service.
///
/// One loop accepts and hands each connection to the next loop in turn, where it stays. A listening
/// socket a loop (SO_REUSEPORT) would save the hand-over, but a second gateway of the same user
/// could then bind the same port unnoticed, and the kernel deals connections to loops unevenly.
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  /// Connections that the kernel holds until they are accepted.
  private static final int BACKLOG = 4_096;

  /// How often a closing gateway looks whether its exchanges have ended.
  private static final Duration LOOK = Duration.ofMillis(10);

  /// How long a loop may take for what it is asked to do.
  private static final Duration LOOP_PATIENCE = Duration.ofSeconds(5);

  /// How long a reload waits for busy loops before it lets the old services go.
  static final Duration ADOPTION_PATIENCE = Duration.ofMinutes(1);

  private final GatewaySettings settings;
  private volatile Plane plane;
  private final HeavyWatch heavy;
  private final @Nullable QueueControl queues;
  private final MultiThreadIoEventLoopGroup loops;
  private final List<Lane> lanes;
  private final Ledger ledger;
  private final @Nullable AccessLog accessLog;
  private final Channel listener;
  private final @Nullable TlsPort tls;

  private Gateway(
      Parts parts, Channel listener, @Nullable TlsPort tls, @Nullable AccessLog accessLog) {
    this.settings = parts.shared.settings();
    this.plane = parts.plane;
    this.heavy = parts.shared.heavy();
    QueueDoor door = parts.shared.queues();
    this.queues = door == null ? null : door.queues();
    this.loops = parts.loops;
    this.lanes = parts.lanes;
    this.ledger = ledger(lanes);
    this.listener = listener;
    this.tls = tls;
    this.accessLog = accessLog;
  }

  /// Starts listening.
  ///
  /// @throws IOException if an address cannot be bound or the certificate or its key not be used;
  ///   the message says which and why
  /// @throws IllegalStateException if the transport asked for does not work on this machine
  public static Gateway start(GatewaySettings settings, Plane plane, OwnEndpoints own)
      throws IOException {
    return start(settings, plane, own, null);
  }

  /// The same with queues for requests that shall wait.
  ///
  /// @param queues null for none: then nobody may wait, and the preference is passed on
  public static Gateway start(
      GatewaySettings settings, Plane plane, OwnEndpoints own, @Nullable QueueDoor queues)
      throws IOException {
    return start(settings, plane, own, queues, Sockets.of(settings.transport()));
  }

  /// The same by those sockets, whatever the settings say of the transport.
  public static Gateway start(
      GatewaySettings settings,
      Plane plane,
      OwnEndpoints own,
      @Nullable QueueDoor queues,
      Sockets sockets)
      throws IOException {
    int asked = settings.eventLoops();
    Lane.Shared shared =
        new Lane.Shared(
            settings,
            own,
            queues,
            settings.http(),
            new HeavyWatch(),
            asked == 0 ? Runtime.getRuntime().availableProcessors() : asked,
            clients(settings),
            System::nanoTime,
            InstantSource.system());
    Parts parts = Parts.make(shared, plane, sockets);
    TlsPort tls = parts.listenTls(sockets);
    Channel listener = parts.listen(sockets, settings.address(), ClientConnection::accept);
    parts.lanes.forEach(Lane::start);
    shared.heavy().start();
    return new Gateway(parts, listener, tls, accessLog(settings, parts.lanes));
  }

  private static @Nullable ClientTable clients(GatewaySettings settings) {
    return settings.limits().perClient()
        ? new ClientTable(settings.limits().connectionsPerClient(), ClientTable.MOST_IDLE)
        : null;
  }

  private static Ledger ledger(List<Lane> lanes) {
    List<LoopLedger> loops = new ArrayList<>();
    for (Lane lane : lanes) {
      loops.add(lane.ledger());
    }
    return new Ledger(loops);
  }

  private static @Nullable AccessLog accessLog(GatewaySettings settings, List<Lane> lanes) {
    List<LineBuffer> buffers = new ArrayList<>();
    for (Lane lane : lanes) {
      LineBuffer lines = lane.lines();
      if (lines != null) {
        buffers.add(lines);
      }
    }
    return buffers.isEmpty() ? null : AccessLog.start(settings.accessLog(), buffers, System.out);
  }

  /// What a gateway is made of, before it listens.
  private record Parts(
      Lane.Shared shared,
      Plane plane,
      MultiThreadIoEventLoopGroup loops,
      List<Lane> lanes,
      Map<EventLoop, Lane> laneOf) {

    static Parts make(Lane.Shared shared, Plane plane, Sockets sockets) {
      MultiThreadIoEventLoopGroup loops =
          new MultiThreadIoEventLoopGroup(
              shared.loops(), new DefaultThreadFactory("gateway"), sockets.loops());
      SplittableRandom random = new SplittableRandom();
      Map<EventLoop, Lane> laneOf = new HashMap<>();
      List<Lane> lanes = new ArrayList<>();
      for (EventExecutor executor : loops) {
        EventLoop loop = (EventLoop) executor;
        Lane lane = new Lane(loop, shared, plane, sockets, random.split());
        lanes.add(lane);
        laneOf.put(loop, lane);
      }
      return new Parts(shared, plane, loops, lanes, laneOf);
    }

    /// Before the plain port, which may have to name it.
    @Nullable TlsPort listenTls(Sockets sockets) throws IOException {
      TlsSettings settings = shared.settings().tls();
      if (settings == null) {
        return null;
      }
      Keyring keyring = keyring(settings);
      Channel listener =
          listen(
              sockets,
              settings.address(),
              (lane, channel) -> ClientHandshake.begin(lane, channel, keyring));
      int port = ((InetSocketAddress) listener.localAddress()).getPort();
      if (settings.plain() == TlsSettings.PlainPort.REDIRECTS) {
        lanes.forEach(lane -> lane.redirect(port));
      }
      return new TlsPort(listener, keyring, port);
    }

    private Keyring keyring(TlsSettings settings) throws IOException {
      try {
        return Keyring.open(settings, Provider.best(), shared.clock());
      } catch (Unusable e) {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        throw new IOException(e.getMessage(), e);
      }
    }

    Channel listen(Sockets sockets, InetSocketAddress address, Accepted accepted)
        throws IOException {
      ChannelFuture bound =
          new ServerBootstrap()
              .group(loops)
              .channel(sockets.server())
              .option(ChannelOption.SO_BACKLOG, BACKLOG)
              .option(ChannelOption.SO_REUSEADDR, true)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childOption(ChannelOption.ALLOCATOR, Lane.ALLOCATOR)
              .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Lane.WATER_MARKS)
              .childHandler(new Reception(laneOf, accepted))
              .bind(address)
              .awaitUninterruptibly();
      if (!bound.isSuccess()) {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        throw new IOException(
            "cannot listen at " + address + ": " + bound.cause().getMessage(), bound.cause());
      }
      return bound.channel();
    }
  }

  /// The port of TLS.
  private record TlsPort(Channel listener, Keyring keyring, int port) {
    void close() {
      listener.close().awaitUninterruptibly();
      keyring.close();
    }
  }

  /// What becomes of a connection that was accepted.
  private interface Accepted {
    void on(Lane lane, Channel channel);
  }

  /// Gives each accepted connection to the lane of its loop.
  private static final class Reception extends ChannelInitializer<SocketChannel> {
    private final Map<EventLoop, Lane> laneOf;
    private final Accepted accepted;

    Reception(Map<EventLoop, Lane> laneOf, Accepted accepted) {
      this.laneOf = laneOf;
      this.accepted = accepted;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      Lane lane = laneOf.get(channel.eventLoop());
      if (lane == null) {
        throw new IllegalStateException("a connection on a loop without a lane");
      }
      if (Greeting.expected(lane)) {
        channel.pipeline().addLast(new Greeting(lane));
      }
      accepted.on(lane, channel);
    }
  }

  /// Serves this from now on, on all loops, instead of what was served before. Exchanges under way
  /// end with the service, the route and the settings that they began with; the pools of a service
  /// that is no longer there are closed as their connections fall idle. A service that is kept (the
  /// same name and the same fleet) keeps its pools and counters, whatever settings change. Blocks
  /// until every loop has done it, an interrupt notwithstanding; an exchange that begins meanwhile
  /// has one or the other.
  ///
  /// There is no way back and nothing that fails: what the plane needs was made with it, and a loop
  /// that is busy takes it when it comes to it. One that is busy for longer than
  /// [#ADOPTION_PATIENCE] is not waited for, since it serves nothing.
  ///
  /// The fleet of a removed service may be closed when [#totals] counts none of its exchanges as
  /// open. One reload at a time: the caller sees to that.
  public void reload(Plane next) {
    plane = next;
    List<Future<?>> adoptions = new ArrayList<>();
    for (Lane lane : lanes) {
      adoptions.add(lane.loop().submit(() -> lane.adopt(next)));
    }
    long deadlineNs = System.nanoTime() + ADOPTION_PATIENCE.toNanos();
    boolean interrupted = false;
    for (Future<?> adoption : adoptions) {
      interrupted |= awaitAdoption(adoption, deadlineNs);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether the thread was interrupted meanwhile.
  private static boolean awaitAdoption(Future<?> adoption, long deadlineNs) {
    boolean interrupted = false;
    while (true) {
      try {
        long leftNs = Math.max(0, deadlineNs - System.nanoTime());
        adoption.get(Math.min(leftNs, LOOP_PATIENCE.toNanos()), TimeUnit.NANOSECONDS);
        return interrupted;
      } catch (TimeoutException e) {
        log.warn("An event loop is busy and has not taken the new services and routes yet");
        if (System.nanoTime() >= deadlineNs) {
          return interrupted;
        }
      } catch (ExecutionException e) {
        log.error("An event loop cannot take the new services and routes", e.getCause());
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  /// The port that is listened on, the real one if 0 was asked for.
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /// The port of TLS, the real one if 0 was asked for; 0 if there is none.
  public int tlsPort() {
    return tls == null ? 0 : tls.port();
  }

  /// What TLS has come to so far; null if there is none.
  public @Nullable TlsReport tlsReport() {
    return tls == null ? null : TlsReport.of(tls.keyring());
  }

  /// What carries messages to the replicas of its services, until it is closed.
  public Courier courier() {
    return new GatewayCourier(lanes);
  }

  /// What its exchanges have come to so far.
  public LedgerTotals totals() {
    return ledger.totals(heavy::keys).with(tlsReport(), accessLogLost());
  }

  /// Where a request would go now, and why. Changes nothing.
  public Explanation explain(RequestFacts facts) {
    return new RouteExplainer(plane, heavy, queues).explain(facts);
  }

  /// The transport in use.
  public Transport transport() {
    return Sockets.of(settings.transport()).transport();
  }

  /// Lines that the access log could not keep.
  public long accessLogLost() {
    return accessLog == null ? 0 : accessLog.lost();
  }

  /// Stops: takes no new connection, closes those without a request, lets exchanges in flight end
  /// for at most the drain time-out (their answers say `Connection: close`), then closes the rest.
  /// Blocks until that is done; does nothing the second time.
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    if (tls != null) {
      tls.close();
    }
    if (loops.isShuttingDown()) {
      return;
    }
    try {
      onEachLoop(Lane::drain);
      awaitEmpty();
      onEachLoop(Lane::cut);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      heavy.close();
      loops
          .shutdownGracefully(0, LOOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .awaitUninterruptibly();
      if (accessLog != null) {
        accessLog.close();
      }
    }
  }

  private void awaitEmpty() throws InterruptedException {
    long deadlineNs = System.nanoTime() + settings.timeouts().drain().toNanos();
    while (busy() && System.nanoTime() < deadlineNs) {
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  private boolean busy() {
    LedgerTotals now = totals();
    return now.connections() > 0 || now.messages().carried() > 0;
  }

  private void onEachLoop(Consumer<Lane> action) throws InterruptedException {
    for (Lane lane : lanes) {
      try {
        lane.loop()
            .submit(() -> action.accept(lane))
            .get(LOOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException("an event loop does not do what it is asked", e);
      }
    }
  }
}
