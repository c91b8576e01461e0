package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.settings.ClientLimits;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.settings.Rate;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.gateway.trust.ForwardedHeader;
import dev.ringmaster.gateway.trust.ProxyProtocol;
import dev.ringmaster.gateway.trust.TrustSettings;
import dev.ringmaster.gateway.trust.TrustedProxies;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What a single client may do.
class ClientLimitsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";

  /// Refills so slowly that no test sees it.
  private static final Rate FIVE = Rate.parse("1/h burst 5");

  private static UnaryOperator<GatewaySettings> with(UnaryOperator<ClientLimits> change) {
    return settings -> settings.withEventLoops(3).withLimits(change.apply(settings.limits()));
  }

  @Test
  void aClientWithTooManyConnectionsGetsNoMoreWhateverTheLoop() throws Exception {
    try (var replica = ScriptedReplica.answering("here");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()), with(l -> l.withConnectionsPerClient(3)))) {
      List<Wire> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Wire client = gateway.client();
        assertThat(client.send(GET).message()).endsWith("here");
        clients.add(client);
      }
      for (int i = 0; i < 4; i++) {
        try (Wire fourth = gateway.client()) {
          assertThat(fourth.rest()).isEmpty();
        }
      }
      await().until(() -> gateway.gateway().totals().refusals().connections() == 4);
      clients.removeFirst().close();
      await().until(() -> gateway.gateway().totals().connections() == 2);
      try (Wire again = gateway.client()) {
        assertThat(again.send(GET).message()).endsWith("here");
      }
      for (Wire client : clients) {
        client.close();
      }
    }
  }

  @Test
  void aClientThatAsksTooOftenIsToldWhenToComeAgainAndKeepsItsConnection() throws Exception {
    try (var replica = ScriptedReplica.answering("here");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()), with(l -> l.withRequestsPerClient(FIVE)));
        Wire client = gateway.client()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.send(GET).message()).startsWith("HTTP/1.1 200 ");
      }
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(GET).message())
            .startsWith("HTTP/1.1 429 Too Many Requests")
            .containsPattern("Retry-After: 3[56]\\d\\d\r\n")
            .contains("too many requests of this client");
      }
      assertThat(gateway.gateway().totals().refusals().requests()).isEqualTo(2);
    }
  }

  @Test
  void requestsSentAheadAreCountedEachForItself() throws Exception {
    try (var replica = ScriptedReplica.answering("here");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()), with(l -> l.withRequestsPerClient(FIVE)));
        Wire client = gateway.client()) {
      client.send(GET.repeat(8));
      for (int i = 0; i < 8; i++) {
        assertThat(client.message()).startsWith(i < 5 ? "HTTP/1.1 200 " : "HTTP/1.1 429 ");
      }
    }
  }

  @Test
  void aRefusedRequestsBodyIsNotTakenForARequest() throws Exception {
    try (var replica = ScriptedReplica.answering("here");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                with(l -> l.withRequestsPerClient(Rate.parse("1/h"))));
        Wire client = gateway.client()) {
      assertThat(client.send(GET).message()).endsWith("here");
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + GET.length() + "\r\n\r\n");
      assertThat(client.send(GET).rest())
          .startsWith("HTTP/1.1 429 ")
          .contains("Connection: close")
          .containsOnlyOnce("HTTP/1.1");
    }
  }

  @Test
  void theRateHoldsOverManyConnectionsOnManyLoops() throws Exception {
    try (var replica = ScriptedReplica.answering("here");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                with(l -> l.withRequestsPerClient(Rate.parse("1/h burst 50"))))) {
      Queue<String> answers = new ConcurrentLinkedQueue<>();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        clients.add(Thread.ofVirtual().start(() -> askTenTimes(gateway, answers)));
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(answers).hasSize(100);
      assertThat(answers.stream().filter(a -> a.startsWith("HTTP/1.1 200 "))).hasSize(50);
      assertThat(answers.stream().filter(a -> a.startsWith("HTTP/1.1 429 "))).hasSize(50);
    }
  }

  @Test
  void aTrustedProxyIsNotLimitedButThoseItSpeaksForAre() throws Exception {
    TrustSettings trust =
        new TrustSettings(
            TrustedProxies.of(List.of("127.0.0.0/8")), ForwardedHeader.OFF, ProxyProtocol.OFF);
    try (var replica = ScriptedReplica.answering("here");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                s ->
                    with(l -> l.withConnectionsPerClient(1).withRequestsPerClient(FIVE))
                        .apply(s.withTrust(trust)));
        Wire first = gateway.client();
        Wire second = gateway.client()) {
      for (int i = 0; i < 6; i++) {
        assertThat(first.send(from("192.0.2.1")).message())
            .startsWith(i < 5 ? "HTTP/1.1 200 " : "HTTP/1.1 429 ");
      }
      assertThat(second.send(from("192.0.2.1")).message()).startsWith("HTTP/1.1 429 ");
      assertThat(second.send(from("192.0.2.2")).message()).startsWith("HTTP/1.1 200 ");
      assertThat(second.send(from("2001:db8::1")).message()).startsWith("HTTP/1.1 200 ");
    }
  }

  private static String from(String client) {
    return "GET / HTTP/1.1\r\nHost: t\r\nX-Forwarded-For: " + client + "\r\n\r\n";
  }

  private static void askTenTimes(GatewayUnderTest gateway, Queue<String> answers) {
    try (Wire client = gateway.client()) {
      for (int i = 0; i < 10; i++) {
        answers.add(client.send(GET).message());
      }
    } catch (java.io.IOException e) {
      answers.add(e.toString());
    }
  }
}
