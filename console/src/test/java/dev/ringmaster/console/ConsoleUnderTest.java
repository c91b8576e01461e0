package dev.ringmaster.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.reload.ReloadCounts;
import dev.ringmaster.console.reload.ReloadResult;
import dev.ringmaster.console.reload.Reloads;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetStats;
import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.RoutingTotals;
import dev.ringmaster.queue.control.QueueView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A console on a free port of its own, before a fake fleet, and a client of it.
final class ConsoleUnderTest implements AutoCloseable {
  final FakeFleet fleet;
  volatile FleetStats stats =
      new FleetStats(0, 0, 0, FleetStats.Ejections.NONE, 0, List.of(), FleetStats.TableChange.NONE);
  volatile LedgerTotals ledger = new LedgerTotals(List.of(), RoutingTotals.NONE, List.of(), 0, 0);
  final BlockingQueue<RequestFacts> asked = new LinkedBlockingQueue<>();
  volatile ReloadResult reload = new ReloadResult.Done(List.of());
  volatile ReloadCounts reloads = ReloadCounts.NONE;
  volatile List<QueueView> queues = List.of();
  private final List<FakeFleet> others;
  private final Console console;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ConsoleUnderTest() throws IOException {
    this(ControlAccess.loopback(), Duration.ofSeconds(60));
  }

  ConsoleUnderTest(ControlAccess access, Duration commandWait) throws IOException {
    this(new FakeFleet(3, 10), access, commandWait);
  }

  ConsoleUnderTest(FakeFleet fleet) throws IOException {
    this(fleet, ControlAccess.loopback(), Duration.ofSeconds(60));
  }

  ConsoleUnderTest(FakeFleet fleet, FakeFleet other) throws IOException {
    this(fleet, List.of(other), ControlAccess.loopback(), Duration.ofSeconds(60));
  }

  private ConsoleUnderTest(FakeFleet fleet, ControlAccess access, Duration commandWait)
      throws IOException {
    this(fleet, List.of(), access, commandWait);
  }

  private ConsoleUnderTest(
      FakeFleet fleet, List<FakeFleet> others, ControlAccess access, Duration commandWait)
      throws IOException {
    this.fleet = fleet;
    this.others = others;
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    this.console = Console.start(new ConsoleSettings(address, access, commandWait), sources(fleet));
  }

  Sources sources(FleetControl of) {
    List<ServiceSource> all = new ArrayList<>();
    all.add(new ServiceSource(of.view().service(), of, () -> stats));
    others.forEach(other -> all.add(new ServiceSource(other.view().service(), other, () -> stats)));
    return new Sources(
        () -> all,
        () -> ledger,
        this::explain,
        new Reloads(() -> reload, () -> reloads),
        new QueueSource(() -> queues, new JoinedEndpoints(List.of())));
  }

  Set<String> paths() {
    return console.paths();
  }

  /// As the gateway would: the first seat, by the path.
  private Explanation explain(RequestFacts facts) {
    if (facts.method().contains(" ")) {
      throw new IllegalArgumentException("a method has no space");
    }
    asked.add(facts);
    var candidates =
        fleet.view().replicas().stream()
            .limit(3)
            .map(replica -> new Explanation.Candidate(replica.seat(), replica, 0, 16))
            .toList();
    return new Explanation(
        "web",
        null,
        "uri",
        0x0123456789ABCDEFL,
        candidates,
        0,
        "S1",
        false,
        "The owner serves.",
        null,
        new Explanation.Queued("web", 1234, 19));
  }

  int port() {
    return console.address().getPort();
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    return send(method, path, body.getBytes(UTF_8), headers);
  }

  HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new AssertionError(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /// Sends bytes as they stand over a connection of their own, and reads until it is closed.
  String raw(String request) {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, "");
  }

  @Override
  public void close() {
    client.close();
    console.close();
  }
}
