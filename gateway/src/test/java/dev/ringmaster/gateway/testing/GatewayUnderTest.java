package dev.ringmaster.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.Gateway;
import dev.ringmaster.gateway.exchange.Lane;
import dev.ringmaster.gateway.ledger.LedgerTotals.WaitTotals;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.transport.Sockets;
import io.netty.buffer.PoolArenaMetric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A gateway on a free port, with a fleet set by hand. Closing it fails the test if a buffer was
/// not released or an exchange was left open.
public final class GatewayUnderTest implements AutoCloseable {
  private final Gateway gateway;
  private final FakeFleet fleet;

  private GatewayUnderTest(Gateway gateway, FakeFleet fleet) {
    this.gateway = gateway;
    this.fleet = fleet;
  }

  public static GatewayUnderTest over(FakeFleet fleet) throws IOException {
    return over(fleet, settings -> settings);
  }

  /// With several services; closing it looks at the first fleet's loads.
  public static GatewayUnderTest serving(FakeFleet first, Plane plane) throws IOException {
    GatewaySettings settings =
        GatewaySettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withEventLoops(2);
    return new GatewayUnderTest(
        Gateway.start(settings, plane, ownOf(GatewayUnderTest::echoed)), first);
  }

  /// With other settings of its service.
  public static GatewayUnderTest over(FakeFleet fleet, UnaryOperator<ServiceSettings> change)
      throws IOException {
    return over(fleet, settings -> settings, change, GatewayUnderTest::echoed);
  }

  /// With other settings of the gateway as a whole.
  public static GatewayUnderTest listening(FakeFleet fleet, UnaryOperator<GatewaySettings> change)
      throws IOException {
    return over(fleet, change, settings -> settings, GatewayUnderTest::echoed);
  }

  /// With other settings of the gateway and of its service.
  public static GatewayUnderTest over(
      FakeFleet fleet,
      UnaryOperator<GatewaySettings> gatewayChange,
      UnaryOperator<ServiceSettings> serviceChange)
      throws IOException {
    return over(fleet, gatewayChange, serviceChange, GatewayUnderTest::echoed);
  }

  /// With other settings of the gateway and of its service, and other answers of its own.
  public static GatewayUnderTest over(
      FakeFleet fleet,
      UnaryOperator<GatewaySettings> gatewayChange,
      UnaryOperator<ServiceSettings> serviceChange,
      Function<Question, CompletionStage<Answer>> own)
      throws IOException {
    ServiceSettings service = serviceChange.apply(ServiceSettings.DEFAULT);
    return started(fleet, gatewayChange, service, ownOf(own));
  }

  /// With other endpoints of its own.
  public static GatewayUnderTest answering(FakeFleet fleet, OwnEndpoints own) throws IOException {
    return started(fleet, settings -> settings, ServiceSettings.DEFAULT, own);
  }

  /// With queues, which deliver by it, and other settings.
  public static GatewayUnderTest queueing(
      FakeFleet fleet,
      QueuesUnderTest queues,
      UnaryOperator<GatewaySettings> gatewayChange,
      UnaryOperator<ServiceSettings> serviceChange)
      throws IOException {
    Plane plane =
        Plane.of(new ServedService("web", serviceChange.apply(ServiceSettings.DEFAULT), fleet));
    return queueing(fleet, queues, gatewayChange, plane);
  }

  /// With queues, which deliver by it, and several services.
  public static GatewayUnderTest queueing(
      FakeFleet fleet,
      QueuesUnderTest queues,
      UnaryOperator<GatewaySettings> gatewayChange,
      Plane plane)
      throws IOException {
    GatewaySettings settings =
        GatewaySettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withEventLoops(2);
    Gateway gateway =
        Gateway.start(
            gatewayChange.apply(settings), plane, ownOf(GatewayUnderTest::echoed), queues);
    GatewayUnderTest started = new GatewayUnderTest(gateway, fleet);
    queues.deliverBy(started);
    return started;
  }

  /// By sockets of its own.
  public static GatewayUnderTest by(
      Sockets sockets,
      FakeFleet fleet,
      UnaryOperator<GatewaySettings> gatewayChange,
      UnaryOperator<ServiceSettings> serviceChange)
      throws IOException {
    ServiceSettings service = serviceChange.apply(ServiceSettings.DEFAULT);
    Plane plane = Plane.of(new ServedService("web", service, fleet));
    GatewaySettings settings = gatewayChange.apply(onOneLoop());
    OwnEndpoints own = ownOf(GatewayUnderTest::echoed);
    return new GatewayUnderTest(Gateway.start(settings, plane, own, null, sockets), fleet);
  }

  private static GatewaySettings onOneLoop() {
    return GatewaySettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .withEventLoops(1);
  }

  private static GatewayUnderTest started(
      FakeFleet fleet,
      UnaryOperator<GatewaySettings> gatewayChange,
      ServiceSettings service,
      OwnEndpoints own)
      throws IOException {
    Plane plane = Plane.of(new ServedService("web", service, fleet));
    return new GatewayUnderTest(Gateway.start(gatewayChange.apply(onOneLoop()), plane, own), fleet);
  }

  /// Answers with what was asked.
  public static CompletionStage<Answer> echoed(Question question) {
    return CompletableFuture.completedFuture(echo(question));
  }

  private static Answer echo(Question question) {
    return Answer.json(200, question.method() + " " + question.path() + " " + question.body());
  }

  private static OwnEndpoints ownOf(Function<Question, CompletionStage<Answer>> own) {
    return new OwnEndpoints() {
      @Override
      public Set<String> paths() {
        return Set.of("/rep");
      }

      @Override
      public CompletionStage<Answer> answer(Question question) {
        return own.apply(question);
      }
    };
  }

  public Gateway gateway() {
    return gateway;
  }

  public FakeFleet fleet() {
    return fleet;
  }

  public int port() {
    return gateway.port();
  }

  /// How its requests waited.
  public WaitTotals waits() {
    return gateway.totals().services().getFirst().waits();
  }

  /// A new connection of a client.
  public Wire client() throws IOException {
    return Wire.to(port());
  }

  /// The answer to one request on a connection of its own.
  public String ask(String request) throws IOException {
    try (Wire wire = client()) {
      return wire.send(request).message();
    }
  }

  /// The answer to a GET on a connection of its own.
  public String get(String target) throws IOException {
    return ask("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");
  }

  @Override
  public void close() {
    gateway.close();
    assertThat(gateway.totals().inFlight()).as("exchanges left open").isZero();
    for (var replica : fleet.view().replicas()) {
      assertThat(replica.load().inFlight()).as("load of " + replica.name()).isZero();
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(buffersInUse()).as("buffers not released").isZero());
  }

  private static long buffersInUse() {
    long active = 0;
    for (PoolArenaMetric arena : Lane.ALLOCATOR.metric().directArenas()) {
      active += arena.numActiveAllocations();
    }
    return active;
  }
}
