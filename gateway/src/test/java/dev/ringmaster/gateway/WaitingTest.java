package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.settings.ClientTimeouts;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.settings.ServiceTimeouts;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.FullPort;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  @Test
  void theWaitForTheFirstByteIsNotForAnAnswerThatHasBegun() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.upTo("1\r\na\r\n");
              wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n");
              wire.upTo("0\r\n\r\n");
              var _ = mayEnd.await(4 * SHORT.toMillis(), TimeUnit.MILLISECONDS);
              wire.send("1\r\nc\r\n0\r\n\r\n");
              wire.drain();
            });
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(replica.port()), with(t -> t.withFirstByte(SHORT)));
        Wire client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
      client.upTo("1\r\nb\r\n");
      client.send("0\r\n\r\n");
      assertThat(client.rest()).isEqualTo("1\r\nc\r\n0\r\n\r\n");
    }
  }

  @Test
  void aReplicaThatGivesNoLeaveToSendTheBodyIsTheOneThatIsSlow() throws Exception {
    try (var silent = ScriptedReplica.that(Wire::drain);
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(silent.port()), with(t -> t.withFirstByte(SHORT)));
        Wire client = gateway.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.message()).startsWith("HTTP/1.1 504 ").contains("Connection: close");
      assertThat(gateway.fleet().symptoms()).containsExactly(Symptom.TIMEOUT);
    }
  }

  @Test
  void aClientThatWasGivenLeaveIsTheOneThatIsSlow() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send("HTTP/1.1 100 Continue\r\n\r\n");
              wire.drain();
            });
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(replica.port()), with(t -> t.withIdle(SHORT)));
        Wire client = gateway.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      assertThat(client.message()).startsWith("HTTP/1.1 408 ");
      assertThat(gateway.fleet().symptoms()).isEmpty();
    }
  }

  @Test
  void aLookThatFailsIsFollowedByTheNext() throws Exception {
    try (var replica = ScriptedReplica.answering("healed");
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()), with(t -> t.withHeal(Duration.ofSeconds(20))));
        Wire client = gateway.client()) {
      FleetView whole = gateway.fleet().view();
      gateway.fleet().show(FakeFleet.viewOf(1, Collections.singletonList(null)));
      client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
      await().until(() -> gateway.gateway().totals().inFlight() == 1);
      gateway.fleet().failLooks(3);
      await().until(() -> gateway.fleet().looksToFail() == 0);
      gateway.fleet().show(whole);
      assertThat(client.message()).endsWith("healed");
    }
  }

  @Test
  void aReplicaThatCannotBeReachedInTimeCostsTheNextCandidateOnly() throws Exception {
    try (var full = new FullPort(SHORT);
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
    try (var full = new FullPort(SHORT);
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
