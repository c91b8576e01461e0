package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.settings.ClientLimits;
import dev.ringmaster.gateway.settings.Transport;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Own endpoints, limits, and the end of a gateway.
class ClosingTest {

  @Test
  void anExchangeInFlightEndsBeforeTheGatewayDoes() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              asked.countDown();
              goOn.await();
              wire.send(ok("done"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire idle = gateway.client();
        Wire busy = gateway.client()) {
      busy.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
      asked.await();
      Thread closing = Thread.ofVirtual().start(gateway::close);
      assertThat(idle.rest()).isEmpty();
      goOn.countDown();
      assertThat(busy.rest()).contains("Connection: close").endsWith("done");
      closing.join();
    }
  }

  @Test
  void aPortInUseIsSaid() throws Exception {
    try (var gateway = GatewayUnderTest.over(FakeFleet.at())) {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port());
      assertThatThrownBy(() ->
              GatewayUnderTest.listening(FakeFleet.at(), settings -> settings.withAddress(address)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen at")
          .hasMessageContaining(String.valueOf(gateway.port()));
    }
  }

  @Test
  void connectionsAboveTheLimitAreClosedAtOnce() throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                settings -> settings.withLimits(ClientLimits.DEFAULT.withConnectionsPerLoop(1)));
        Wire first = gateway.client()) {
      String request = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";
      assertThat(first.send(request).message()).endsWith("x");
      try (Wire second = gateway.client()) {
        assertThat(second.rest()).isEmpty();
      }
      assertThat(first.send(request).message()).endsWith("x");
    }
  }

  @Test
  void anOwnEndpointGetsTheWholeBodyAndKeepsItsPlaceInTheLine() throws Exception {
    try (var replica = ScriptedReplica.answering("replica");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send(
          "POST /rep?x=1 HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
              + "GET / HTTP/1.1\r\nHost: t\r\n\r\n");
      assertThat(client.message()).endsWith("POST /rep abcde");
      assertThat(client.message()).endsWith("replica");
    }
  }

  @Test
  void anOwnEndpointMayTakeItsTime() throws Exception {
    CompletableFuture<Answer> later = new CompletableFuture<>();
    try (var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(), settings -> settings, settings -> settings, question -> later);
        Wire client = gateway.client()) {
      client.send("GET /rep HTTP/1.1\r\nHost: t\r\n\r\n");
      Thread.ofVirtual().start(() -> later.complete(Answer.json(202, "late")));
      assertThat(client.message()).startsWith("HTTP/1.1 202 ").endsWith("late");
    }
  }

  @Test
  void aBodyAboveTheLimitOfOwnEndpointsIsRefused() throws Exception {
    try (var gateway = GatewayUnderTest.over(FakeFleet.at());
        Wire client = gateway.client()) {
      client.send(
          "POST /rep HTTP/1.1\r\nHost: t\r\nContent-Length: "
              + (OwnEndpoints.MAX_BODY_BYTES + 1)
              + "\r\n\r\n");
      assertThat(client.message()).startsWith("HTTP/1.1 413 ");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void everyTransportThatWorksHereCarriesRequests(Transport transport) throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()), settings -> settings.withTransport(transport))) {
      assertThat(gateway.get("/")).endsWith("x");
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("does not work on this machine");
    }
  }

  @Test
  void theLedgerCountsWhatHappened() throws Exception {
    try (var replica = ScriptedReplica.answering("12345");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      gateway.get("/");
      gateway.ask("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc");
      var totals = gateway.gateway().totals().services().getFirst();
      assertThat(totals.seats()).hasSize(1);
      var seat = totals.seats().getFirst();
      assertThat(seat.byStatusClass()).containsExactly(0L, 2L, 0L, 0L, 0L);
      assertThat(seat.bytesIn()).isEqualTo(3);
      assertThat(seat.bytesOut()).isEqualTo(10);
      assertThat(seat.durationCounts().stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
    }
  }
}
