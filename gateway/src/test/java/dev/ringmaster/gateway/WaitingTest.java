package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.settings.ClientTimeouts;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.settings.ServiceTimeouts;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Peers that are slow, stop, or leave.
class WaitingTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private static UnaryOperator<ServiceSettings> with(UnaryOperator<ServiceTimeouts> change) {
    return settings -> settings.withTimeouts(change.apply(settings.timeouts()));
  }

  private static UnaryOperator<GatewaySettings> clients(UnaryOperator<ClientTimeouts> change) {
    return settings -> settings.withTimeouts(change.apply(settings.timeouts()));
  }

  @Test
  void aReplicaThatDoesNotAnswerIsAGatewayTimeout() throws Exception {
    try (var silent = ScriptedReplica.that(Wire::drain);
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(silent.port()), with(t -> t.withFirstByte(SHORT)))) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 504 ").contains("failure");
      assertThat(gateway.fleet().symptoms()).containsExactly(Symptom.TIMEOUT);
    }
  }

  /// A port whose queue of connections is full, so that further ones neither stand nor fail.
  private static final class FullPort implements AutoCloseable {
    private static final int MOST = 64;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> queued = new ArrayList<>();

    FullPort() throws IOException {
      for (int i = 0; i < MOST; i++) {
        Socket socket = new Socket();
        queued.add(socket);
        try {
          socket.connect(listener.getLocalSocketAddress(), (int) SHORT.toMillis());
        } catch (SocketTimeoutException full) {
          return;
        }
      }
      throw new AssertionError("the queue does not fill");
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : queued) {
        socket.close();
      }
      listener.close();
    }
  }

  @Test
  void aReplicaThatCannotBeReachedInTimeCostsTheNextCandidateOnly() throws Exception {
    try (var full = new FullPort();
        var alive = ScriptedReplica.answering("alive");
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(full.port(), alive.port()), with(t -> t.withConnect(SHORT)))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            assertThat(gateway.ask("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nhi"))
                .endsWith("alive");
            return gateway.fleet().symptoms().contains(Symptom.CONNECT_TIMEOUT);
          });
    }
  }

  @Test
  void ifNoReplicaCanBeReachedInTimeTheAnswerIs502() throws Exception {
    try (var full = new FullPort();
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(full.port()), with(t -> t.withConnect(SHORT).withHeal(SHORT)))) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 502 ").contains("failure");
      assertThat(gateway.fleet().symptoms()).contains(Symptom.CONNECT_TIMEOUT);
    }
  }

  @Test
  void aHeadThatDoesNotEndIsARequestTimeout() throws Exception {
    try (var gateway = GatewayUnderTest.listening(FakeFleet.at(), clients(t -> t.withHead(SHORT)));
        Wire client = gateway.client()) {
      assertThat(client.send("GET / HTTP/1.1\r\nHo").rest()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void aBodyThatDoesNotComeIsARequestTimeout() throws Exception {
    try (var replica = ScriptedReplica.that(Wire::drain);
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(replica.port()), with(t -> t.withIdle(SHORT)));
        Wire client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc");
      assertThat(client.rest()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void anAnswerThatStopsIsCut() throws Exception {
    try (var stopping =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              wire.drain();
            });
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(stopping.port()), with(t -> t.withIdle(SHORT)));
        Wire client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
      assertThat(client.rest()).endsWith("half");
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosed() throws Exception {
    try (var gateway = GatewayUnderTest.listening(FakeFleet.at(), clients(t -> t.withIdle(SHORT)));
        Wire client = gateway.client()) {
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void aClientThatLeavesFreesTheReplica() throws Exception {
    try (var silent = ScriptedReplica.that(Wire::drain);
        var gateway = GatewayUnderTest.over(FakeFleet.at(silent.port()))) {
      Wire client = gateway.client().send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
      await().until(() -> gateway.fleet().onSeat(0).load().inFlight() == 1);
      client.close();
      await().until(() -> gateway.fleet().onSeat(0).load().inFlight() == 0);
      await().until(() -> gateway.gateway().totals().inFlight() == 0);
    }
  }

  @Test
  void aSlowClientHoldsTheReplicaBack() throws Exception {
    long size = 200L << 20;
    AtomicLong sent = new AtomicLong();
    try (var large = ScriptedReplica.that(wire -> sendMuch(wire, size, sent));
        var gateway = GatewayUnderTest.over(FakeFleet.at(large.port()));
        Wire client = Wire.to(gateway.port(), 16 * 1024)) {
      client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
      client.head();
      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(60))
          .until(() -> before.getAndSet(sent.get()) == sent.get());
      assertThat(sent.get()).as("bytes under way").isLessThan(32L << 20);
      assertThat(client.skip(size)).isEqualTo(size);
    }
  }

  private static void sendMuch(Wire wire, long size, AtomicLong sent) throws Exception {
    wire.message();
    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
    byte[] piece = new byte[1 << 20];
    for (long left = size; left > 0; left -= piece.length) {
      wire.send(piece);
      sent.addAndGet(piece.length);
    }
    wire.drain();
  }

  @Test
  void aSlowReplicaHoldsTheClientBack() throws Exception {
    int size = 64 << 20;
    AtomicLong sent = new AtomicLong();
    var goOn = new CountDownLatch(1);
    try (var slow =
            ScriptedReplica.that(wire -> {
              String head = wire.head();
              goOn.await();
              wire.skip(Wire.contentLength(head));
              wire.send(ok("all"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(slow.port()));
        Wire client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + size + "\r\n\r\n");
      Thread.ofVirtual().start(() -> sendQuietly(client, size, sent));
      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(60))
          .until(() -> before.getAndSet(sent.get()) == sent.get());
      assertThat(sent.get()).as("bytes under way").isLessThan(32L << 20);
      goOn.countDown();
      assertThat(client.message()).endsWith("all");
    }
  }

  private static void sendQuietly(Wire client, int size, AtomicLong sent) {
    byte[] piece = new byte[1 << 18];
    try {
      for (int left = size; left > 0; left -= piece.length) {
        client.send(piece);
        sent.addAndGet(piece.length);
      }
    } catch (IOException e) {
      return;
    }
  }
}
