package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.admission.ClientEntry;
import dev.ringmaster.gateway.admission.ClientTable;
import dev.ringmaster.gateway.heavy.HeavyWatch;
import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.ledger.Line;
import dev.ringmaster.gateway.ledger.LineBuffer;
import dev.ringmaster.gateway.ledger.LoopLedger;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.QueueDoor;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.transport.Sockets;
import dev.ringmaster.gateway.trust.Peer;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Parcel;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that one event loop owns: its connections, services, timers, counters and randomness. Two
/// lanes share nothing but the fleets. Everything but the constructor runs on the loop.
public final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  /// The grain of all time-outs.
  static final Duration GRAIN = Duration.ofMillis(100);

  /// Where all buffers come from: pooled and direct. Measured against Netty's adaptive allocator,
  /// its default since 4.2; see docs/decisions.md.
  public static final PooledByteBufAllocator ALLOCATOR = new PooledByteBufAllocator(true);

  /// Bytes written to a connection and not yet taken by the kernel: above the second, its source is
  /// not read any more; below the first, it is again.
  public static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(64 << 10, 128 << 10);

  /// What is the same for all lanes.
  ///
  /// @param settings what may be set, whatever the service
  /// @param own what Ringmaster answers itself
  /// @param queues where requests go that shall wait; null if there are no queues
  /// @param http the bounds of heads and bodies
  /// @param heavy looks for keys hotter than a seat's fair share
  /// @param loops how many lanes there are
  /// @param clientTable the clients, if there are limits for single ones
  /// @param nanos a clock that only goes forward
  /// @param clock the time of day, for the access log
  public record Shared(
      GatewaySettings settings,
      OwnEndpoints own,
      @Nullable QueueDoor queues,
      Limits http,
      HeavyWatch heavy,
      int loops,
      @Nullable ClientTable clientTable,
      LongSupplier nanos,
      InstantSource clock) {}

  private enum Stage {
    SERVING,
    DRAINING
  }

  private final EventLoop loop;
  private final Shared shared;
  private final LoopLedger ledger = new LoopLedger();
  private final @Nullable LineBuffer lines;
  private final SplittableRandom random;
  private final Waits waits;
  private final OwnPaths ownPaths;
  private final Deliveries deliveries = new Deliveries(this);
  private final Bootstrap replicas;
  private final IdentityHashMap<Client, @Nullable ClientEntry> clients = new IdentityHashMap<>();
  private final @Nullable Admission admission;
  private LocalPlane plane;
  private int connections;
  private @Nullable HttpsRedirect redirect;
  private int greetings;
  private final BodyBudget bodies;
  private final Shedding shedding = new Shedding(ALLOCATOR);
  private Stage stage = Stage.SERVING;
  private @Nullable ScheduledFuture<?> ticking;

  /// A lane on an event loop.
  public Lane(
      EventLoop loop, Shared shared, Plane plane, Sockets sockets, SplittableRandom random) {
    GatewaySettings settings = shared.settings();
    this.loop = loop;
    this.shared = shared;
    this.random = random;
    this.lines = settings.accessLog().off() ? null : new LineBuffer();
    this.waits = new Waits(settings.timeouts(), shared.nanos());
    this.admission =
        shared.clientTable() == null
            ? null
            : new Admission(shared.clientTable(), settings.limits(), shared.nanos());
    this.bodies = BodyBudget.of(shared.loops());
    this.ownPaths = new OwnPaths(shared.own());
    this.replicas =
        new Bootstrap()
            .group(loop)
            .channel(sockets.socket())
            .disableResolver()
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_CLOSE, false)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .option(ChannelOption.ALLOCATOR, ALLOCATOR)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS);
    this.plane = LocalPlane.first(this, plane);
  }

  /// Sends what comes without TLS to that port of TLS; before anything comes.
  public void redirect(int port) {
    redirect = new HttpsRedirect(port);
  }

  @Nullable HttpsRedirect redirect() {
    return redirect;
  }

  /// Starts its clock.
  public void start() {
    ticking =
        loop.scheduleWithFixedDelay(
            this::tick, GRAIN.toMillis(), GRAIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// An exception would end the schedule, and with it every time-out of the loop.
  private void tick() {
    guarded(waits::tick);
    guarded(plane::tick);
    guarded(() -> ledger.shed(shedding.look(clients.keySet())));
  }

  /// Does what must not stop what comes after it; a defect is logged.
  static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable defect) {
      LOG.error("defect in a task of an event loop", defect);
    }
  }

  /// Serves this from now on. Exchanges under way end with what they began with.
  public void adopt(Plane next) {
    plane = plane.next(next);
    if (stage == Stage.DRAINING) {
      plane.close();
    }
  }

  /// Closes connections without a request and lets the others end with their next answer.
  public void drain() {
    stage = Stage.DRAINING;
    List.copyOf(clients.keySet()).forEach(Client::drain);
    plane.close();
  }

  /// Closes every connection and stops the clock.
  public void cut() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    List.copyOf(clients.keySet()).forEach(Client::close);
    deliveries.cut();
    plane.close();
  }

  /// Carries a message; see [Deliveries].
  void deliver(Parcel parcel, Consumer<Outcome> ended) {
    deliveries.begin(parcel, ended);
  }

  /// How many clients are connected.
  public int clientCount() {
    return connections;
  }

  /// Its counters.
  public LoopLedger ledger() {
    return ledger;
  }

  /// Its lines for the access log; null if there is none.
  public @Nullable LineBuffer lines() {
    return lines;
  }

  /// The event loop.
  public EventLoop loop() {
    return loop;
  }

  boolean draining() {
    return stage == Stage.DRAINING;
  }

  /// Takes a connection in whose first bytes say whom it is for; false if there are too many.
  boolean admitGreeting() {
    if (stage == Stage.DRAINING || full()) {
      return false;
    }
    greetings++;
    return true;
  }

  /// Such a connection has become a client, or is closed.
  void greetingOver() {
    greetings--;
  }

  private boolean full() {
    return connections + greetings >= shared.settings().limits().connectionsPerLoop();
  }

  /// Takes a client in; false if there are too many, or too many of its address.
  boolean admit(Client client, Channel channel) {
    if (!client.counts()) {
      clients.put(client, null);
      return true;
    }
    if (stage == Stage.DRAINING) {
      return false;
    }
    boolean room = !full();
    Admission limiting = limiting(channel);
    ClientEntry entry = room && limiting != null ? limiting.connect(addressOf(channel)) : null;
    if (!room || (limiting != null && entry == null)) {
      ledger.connectionRefused();
      return false;
    }
    connections++;
    ledger.connections(1);
    clients.put(client, entry);
    return true;
  }

  /// What limits the connections of this client; null for a trusted proxy, whose connections are
  /// those of many clients.
  private @Nullable Admission limiting(Channel channel) {
    boolean proxy = shared.settings().trust().proxies().trust(Peer.addressOf(channel));
    return proxy ? null : admission;
  }

  private static byte[] addressOf(Channel channel) {
    return Peer.addressOf(channel).getAddress();
  }

  void dismiss(Client client) {
    if (!clients.containsKey(client)) {
      return;
    }
    ClientEntry entry = clients.remove(client);
    if (entry != null && admission != null) {
      admission.disconnect(entry);
    }
    if (client.counts()) {
      connections--;
      ledger.connections(-1);
    }
  }

  /// What single clients may do; null if they have no limits.
  @Nullable Admission admission() {
    return admission;
  }

  /// Hands a line to the access log, if there is one.
  void log(Line line) {
    if (lines != null) {
      lines.offer(line);
    }
  }

  /// Writes down a request that no service was asked for.
  void unrouted(ClientConnection client, Unrouted why) {
    ledger.unrouted(why.status());
    switch (why) {
      case NO_ROUTE -> ledger.noRoute();
      case UNCLEAR_PATH -> ledger.unclearPath();
    }
    if (lines != null) {
      log(client.line(why.status(), 0, why.reason()));
    }
  }

  long nowNs() {
    return shared.nanos().getAsLong();
  }

  long nowMs() {
    return shared.clock().millis();
  }

  ByteBufAllocator allocator() {
    return ALLOCATOR;
  }

  Shared shared() {
    return shared;
  }

  /// What it serves now.
  LocalPlane plane() {
    return plane;
  }

  SplittableRandom random() {
    return random;
  }

  Waits waits() {
    return waits;
  }

  /// What bodies may still be held.
  BodyBudget bodies() {
    return bodies;
  }

  OwnPaths ownPaths() {
    return ownPaths;
  }

  Bootstrap replicas() {
    return replicas;
  }
}
