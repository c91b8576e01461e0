package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.Http2Client.Stream;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests that say how far they may go (RFC 9110, 7.6.2).
class MaxForwardsTest {
  private static ScriptedReplica mirror() throws Exception {
    return ScriptedReplica.that(wire -> {
      while (true) {
        wire.send(ok(wire.head()));
      }
    });
  }

  private static String request(String method, String hops) {
    return method + " / HTTP/1.1\r\nHost: t\r\nMax-Forwards: " + hops + "\r\n\r\n";
  }

  @Test
  void theLastHopAnswersItself() throws Exception {
    try (var replica = mirror();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      for (int i = 0; i < 3; i++) {
        client.send(request("OPTIONS", "0"));
        assertThat(client.message()).startsWith("HTTP/1.1 204 ").contains("Allow: GET, HEAD, POST");
      }
      assertThat(replica.connections()).isZero();
      client.send(request("TRACE", "0"));
      assertThat(client.message()).startsWith("HTTP/1.1 501 ");
      assertThat(replica.connections()).isZero();
    }
  }

  @Test
  void soItDoesOverHttp2() throws Exception {
    try (var replica = mirror();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var head = Stream.head("OPTIONS", "*", "max-forwards", "0");
      assertThat(client.open().send(head, true).answer().status()).isEqualTo(204);
      assertThat(replica.connections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, 1, 0",
    "OPTIONS, 10, 9",
    "OPTIONS, 007, 6",
    "OPTIONS, many, many",
    "OPTIONS, -1, -1",
    "GET, 0, 0",
    "GET, 5, 5"
  })
  void theNumberIsOneLessForTheNext(String method, String came, String went) throws Exception {
    try (var replica = mirror();
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      assertThat(gateway.ask(request(method, came)))
          .contains("\r\nMax-Forwards: " + went + "\r\n")
          .containsOnlyOnce("Max-Forwards");
    }
  }
}
