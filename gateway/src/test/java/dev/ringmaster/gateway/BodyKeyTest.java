package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.NamedReplicas.seat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.key.BodyMiss;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.ledger.LedgerTotals.KeyTotals;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.NamedReplicas;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.ring.hash.HashFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests whose key stands in their body.
class BodyKeyTest {
  private static final int SEATS = 4;

  private static UnaryOperator<ServiceSettings> rule(String rule) {
    return settings -> settings.withKey(KeyRule.parse(rule));
  }

  private static UnaryOperator<ServiceSettings> rule(String rule, int bytes) {
    return settings ->
        settings.withKey(KeyRule.parse(rule)).withLimits(settings.limits().withBodyKeyBytes(bytes));
  }

  private static int home(GatewayUnderTest gateway, String key) {
    return gateway.fleet().view().table().owner(HashFunction.xxh3(0).hash(key));
  }

  private static String head(String... lines) {
    return "POST / HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
        + String.join("\r\n", lines)
        + "\r\n\r\n";
  }

  private static String post(String body) {
    return head("Content-Length: " + body.length()) + body;
  }

  private static KeyTotals keys(GatewayUnderTest gateway) {
    return gateway.gateway().totals().services().getFirst().keys();
  }

  private static long misses(GatewayUnderTest gateway, BodyMiss miss) {
    return keys(gateway).bodyMisses().get(List.of(BodyMiss.values()).indexOf(miss));
  }

  @Test
  void aKeyInTheBodyAndTheSameKeyInAHeaderHaveOneHome() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), rule("header:X-User,body:/user"))) {
      for (int i = 0; i < 30; i++) {
        String user = "user " + i;
        int home = home(gateway, user);
        assertThat(seat(gateway.ask(post("{\"n\":[1,2],\"user\":\"" + user + "\"}"))))
            .isEqualTo(home);
        assertThat(seat(gateway.ask(post("{\"user\":\"\\u0075ser " + i + "\"}")))).isEqualTo(home);
        assertThat(seat(gateway.ask(head("X-User: " + user)))).isEqualTo(home);
      }
      assertThat(keys(gateway).bodyKeys()).isEqualTo(60);
    }
  }

  @Test
  void onlyTheBeginningOfALongTextCounts() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), rule("body:/prompt:8"))) {
      for (int i = 0; i < 20; i++) {
        String start = "prompt " + (char) ('a' + i);
        for (String rest : new String[] {"", "?", " and some more of it", "x".repeat(100_000)}) {
          assertThat(seat(gateway.ask(post("{\"prompt\":\"" + start + rest + "\"}"))))
              .isEqualTo(home(gateway, start));
        }
      }
    }
  }

  @Test
  void theReplicaHasTheRequestAsSoonAsTheKeyIsThere() throws Exception {
    String start = "{\"user\":\"ada\",\"x\":\"";
    String rest = "y".repeat(300_000) + "\"}";
    int length = start.length() + rest.length();
    try (var replica =
            ScriptedReplica.that(wire -> {
              String head = wire.head();
              assertThat(wire.bytes(start.length())).isEqualTo(start);
              wire.send("HTTP/1.1 103 Early Hints\r\n\r\n");
              assertThat(wire.bytes(rest.length())).isEqualTo(rest);
              wire.send(ScriptedReplica.ok("took " + Wire.contentLength(head)));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), rule("body:/user"));
        Wire client = gateway.client()) {
      client.send(head("Content-Length: " + length)).send(start);
      assertThat(client.head()).startsWith("HTTP/1.1 103");
      Thread.ofVirtual().start(() -> client.sendQuietly(rest));
      assertThat(client.message()).endsWith("took " + length);
      assertThat(replica.ended()).isEmpty();
    }
  }

  @Test
  void chunksInPiecesPassAsTheyAre() throws Exception {
    String[] pieces = {"6\r\n{\"use", "r\r\n8;x=1\r\n\":\"ad", "a\"}\r\n0\r\n", "X-Sum: 1\r\n\r\n"};
    String chunks = String.join("", pieces);
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send(ScriptedReplica.ok(wire.bytes(chunks.length()).replace("\r\n", "|")));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), rule("body:/user"));
        Wire client = gateway.client()) {
      client.send(head("Transfer-Encoding: chunked"));
      for (String piece : pieces) {
        client.send(piece);
      }
      assertThat(client.message()).endsWith(chunks.replace("\r\n", "|"));
      assertThat(keys(gateway).bodyKeys()).isEqualTo(1);
    }
  }

  @Test
  void aClientThatWaitsForItsBodyToBeAskedForIsAskedByTheGateway() throws Exception {
    String body = "{\"user\":\"ada\"}";
    try (var replica =
            ScriptedReplica.that(wire -> {
              String request = wire.message();
              assertThat(request).doesNotContainIgnoringCase("expect:").endsWith(body);
              wire.send(ScriptedReplica.ok("taken"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), rule("body:/user"));
        Wire client = gateway.client()) {
      client.send(head("Content-Length: " + body.length(), "Expect: 100-continue"));
      assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.send(body);
      assertThat(client.message()).endsWith("taken");
      assertThat(replica.ended()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"user\":null}", "{\"x\":\"ada\"}", "user=ada", "[]", "{\"user\":[1]}", "{"})
  void aBodyWithoutTheKeyGoesByTheNextPlace(String body) throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), rule("body:/user,uri"))) {
      assertThat(seat(gateway.ask(post(body)))).isEqualTo(home(gateway, "/"));
      assertThat(misses(gateway, BodyMiss.ABSENT) + misses(gateway, BodyMiss.MALFORMED))
          .isEqualTo(1);
    }
  }

  @Test
  void requestsWithoutAJsonBodyGoByTheNextPlaceAtOnce() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), rule("body:/user,uri"))) {
      assertThat(seat(gateway.get("/"))).isEqualTo(home(gateway, "/"));
      String form =
          "POST / HTTP/1.1\r\nHost: t\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}";
      assertThat(seat(gateway.ask(form))).isEqualTo(home(gateway, "/"));
      String packed = head("Content-Encoding: gzip", "Content-Length: 2") + "{}";
      assertThat(seat(gateway.ask(packed))).isEqualTo(home(gateway, "/"));
      assertThat(misses(gateway, BodyMiss.NO_BODY)).isEqualTo(1);
      assertThat(misses(gateway, BodyMiss.NOT_JSON)).isEqualTo(1);
      assertThat(misses(gateway, BodyMiss.ENCODED)).isEqualTo(1);
    }
  }

  @Test
  void aKeyBehindTheBoundIsNotWaitedFor() throws Exception {
    String body = "{\"x\":\"" + "y".repeat(5_000) + "\",\"user\":\"ada\"}";
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), rule("body:/user,uri", 1_000))) {
      assertThat(seat(gateway.ask(post(body)))).isEqualTo(home(gateway, "/"));
      assertThat(misses(gateway, BodyMiss.TOO_LONG)).isEqualTo(1);
      assertThat(keys(gateway).bodyKeys()).isZero();
    }
  }

  @Test
  void aBodyThatWasReadForItsKeyIsSentAgainToTheNextCandidate() throws Exception {
    String body = "{\"x\":\"" + "y".repeat(200_000) + "\",\"user\":\"ada\"}";
    try (var live =
            ScriptedReplica.that(wire -> {
              assertThat(wire.message()).endsWith("\r\n\r\n" + body);
              wire.send(ScriptedReplica.ok("whole"));
              wire.drain();
            });
        var breaks = ScriptedReplica.that(Wire::head)) {
      FakeFleet[] fleets = {
        FakeFleet.at(ScriptedReplica.deadPort(), live.port()),
        FakeFleet.at(live.port(), ScriptedReplica.deadPort()),
        FakeFleet.at(breaks.port(), live.port()),
        FakeFleet.at(live.port(), breaks.port())
      };
      for (FakeFleet fleet : fleets) {
        try (var gateway = GatewayUnderTest.over(fleet, rule("body:/user", 1 << 20))) {
          String request = head("Idempotency-Key: 1", "Content-Length: " + body.length()) + body;
          assertThat(gateway.ask(request)).endsWith("whole");
          assertThat(keys(gateway).bodyKeys()).isEqualTo(1);
        }
      }
      assertThat(live.ended()).isEmpty();
    }
  }

  @Test
  void aBodyThatStopsBeforeItsKeyIsGivenUp() throws Exception {
    UnaryOperator<ServiceSettings> hasty =
        settings ->
            settings
                .withKey(KeyRule.parse("body:/user"))
                .withTimeouts(settings.timeouts().withIdle(Duration.ofMillis(200)));
    try (var replicas = new NamedReplicas(1);
        var gateway = GatewayUnderTest.over(replicas.fleet(), hasty);
        Wire client = gateway.client()) {
      client.send(head("Content-Length: 100") + "{\"us");
      assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("Connection: close");
    }
  }

  @Test
  void aBodyWithBrokenFramingIsRefusedBeforeAnyReplicaSeesIt() throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), rule("body:/user"));
        Wire client = gateway.client()) {
      client.send(head("Transfer-Encoding: chunked") + "2\r\n{\"\r\nnot a size\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 400 ");
      assertThat(replica.connections()).isZero();
    }
  }

  @Test
  void aClientThatLeavesBeforeItsKeyCostsNothing() throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), rule("body:/user"))) {
      try (Wire client = gateway.client()) {
        client.send(head("Content-Length: 100") + "{\"us");
        await().until(() -> gateway.gateway().totals().inFlight() == 1);
      }
      await().until(() -> gateway.gateway().totals().inFlight() == 0);
      assertThat(replica.connections()).isZero();
    }
  }

  @Test
  void requestsOfOneConnectionFollowEachOther() throws Exception {
    try (var replicas = new NamedReplicas(SEATS);
        var gateway = GatewayUnderTest.over(replicas.fleet(), rule("body:/user,uri"));
        Wire client = gateway.client()) {
      StringBuilder pipelined = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        pipelined.append(post(i % 3 == 0 ? "{\"none\":1}" : "{\"user\":\"u" + i + "\"}"));
      }
      client.send(pipelined.toString());
      for (int i = 0; i < 20; i++) {
        assertThat(seat(client.message())).isEqualTo(home(gateway, i % 3 == 0 ? "/" : "u" + i));
      }
    }
  }

  @Test
  void aFleetThatServesNothingIsToldToOneWhoseKeyWasFound() throws IOException {
    try (var gateway =
        GatewayUnderTest.over(FakeFleet.at(ScriptedReplica.deadPort()), rule("body:/user"))) {
      gateway.fleet().show(FakeFleet.viewOf(1, Collections.singletonList(null)));
      assertThat(gateway.ask(post("{\"user\":1}"))).startsWith("HTTP/1.1 503 ");
    }
  }
}
