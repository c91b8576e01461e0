package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.deadPort;
import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a failing replica costs a client.
class RetryingTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nbody";
  private static final String POST_WITH_KEY =
      "POST / HTTP/1.1\r\nHost: t\r\nIdempotency-Key: 1\r\nContent-Length: 4\r\n\r\nbody";

  /// A replica that reads a request and breaks the connection.
  private static ScriptedReplica breaking() throws Exception {
    return ScriptedReplica.that(wire -> wire.message());
  }

  @Test
  void aDeadReplicaCostsAGetNothing() throws Exception {
    try (var alive = ScriptedReplica.answering("alive");
        var gateway = GatewayUnderTest.over(FakeFleet.at(deadPort(), alive.port()))) {
      for (int i = 0; i < 50; i++) {
        assertThat(gateway.get("/")).endsWith("alive");
      }
    }
  }

  @Test
  void aDeadReplicaCostsAPostNothingEither() throws Exception {
    try (var alive = ScriptedReplica.answering("alive");
        var gateway = GatewayUnderTest.over(FakeFleet.at(deadPort(), alive.port()))) {
      for (int i = 0; i < 20; i++) {
        assertThat(gateway.ask(POST)).endsWith("alive");
      }
    }
  }

  @Test
  void aReplicaThatBreaksCostsAGetNothing() throws Exception {
    try (var broken = breaking();
        var alive = ScriptedReplica.answering("alive");
        var gateway = GatewayUnderTest.over(FakeFleet.at(broken.port(), alive.port()))) {
      for (int i = 0; i < 50; i++) {
        assertThat(gateway.get("/")).endsWith("alive");
      }
      assertThat(gateway.fleet().symptoms()).contains(Symptom.BROKEN, Symptom.ANSWERED);
    }
  }

  @Test
  void aPostThatAReplicaMayHaveDoneIsNotRepeated() throws Exception {
    try (var broken = breaking();
        var gateway = GatewayUnderTest.over(FakeFleet.at(broken.port(), broken.port()))) {
      assertThat(gateway.ask(POST)).startsWith("HTTP/1.1 502 ");
      assertThat(broken.connections()).isEqualTo(1);
    }
  }

  @Test
  void aPostWithAnIdempotencyKeyIsRepeatedWithItsBody() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    ScriptedReplica.Script once =
        wire -> {
          String request = wire.message();
          if (asked.incrementAndGet() > 1) {
            wire.send(ok(request.substring(request.length() - 4)));
            wire.drain();
          }
        };
    try (var one = ScriptedReplica.that(once);
        var two = ScriptedReplica.that(once);
        var gateway = GatewayUnderTest.over(FakeFleet.at(one.port(), two.port()))) {
      assertThat(gateway.ask(POST_WITH_KEY)).endsWith("body");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void aReplicaIsNotAskedTwice() throws Exception {
    try (var one = breaking();
        var two = breaking();
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(one.port(), two.port()), RetryingTest::healingShortly)) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 502 ");
      assertThat(one.connections()).isEqualTo(1);
      assertThat(two.connections()).isEqualTo(1);
    }
  }

  private static ServiceSettings healingShortly(ServiceSettings settings) {
    return settings.withTimeouts(settings.timeouts().withHeal(Duration.ofMillis(300)));
  }

  @Test
  void aConnectionThatTheReplicaClosedWhileItWasKeptCostsNothing() throws Exception {
    ScriptedReplica.Script oneEach =
        wire -> {
          wire.message();
          wire.send(ok("x"));
          wire.message();
        };
    try (var replica = ScriptedReplica.that(oneEach);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").message()).endsWith("x");
      }
    }
  }

  @Test
  void withOneReplicaAGetWaitsForItsReplacement() throws Exception {
    FakeFleet fleet = FakeFleet.at(deadPort());
    try (var replacement = ScriptedReplica.answering("healed");
        var gateway = GatewayUnderTest.over(fleet)) {
      var answer =
          CompletableFuture.supplyAsync(() -> {
            try {
              return gateway.get("/");
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
      await().until(() -> fleet.symptoms().contains(Symptom.CONNECT_FAILED));
      fleet.show(FakeFleet.viewOf(1, Collections.singletonList(null)));
      fleet.show(
          FakeFleet.viewOf(1, Arrays.asList(FakeFleet.replica("S9", 0, replacement.port()))));
      assertThat(answer.get()).endsWith("healed");
    }
  }

  @Test
  void aRequestRefusedWhileItWaitsForAReplicaIsNeverSentToOne() throws Exception {
    FakeFleet fleet = FakeFleet.at(deadPort());
    fleet.show(FakeFleet.viewOf(1, Collections.singletonList(null)));
    try (var replacement = ScriptedReplica.answering("healed");
        var gateway = GatewayUnderTest.over(fleet);
        Wire client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
      assertThat(client.message()).startsWith("HTTP/1.1 400 ");
      var serving = FakeFleet.replica("S9", 0, replacement.port());
      fleet.show(FakeFleet.viewOf(1, Arrays.asList(serving)));
      for (int i = 0; i < 5; i++) {
        assertThat(gateway.get("/")).endsWith("healed");
      }
      assertThat(replacement.connections()).isEqualTo(1);
      assertThat(gateway.gateway().totals().inFlight()).isZero();
    }
  }

  @Test
  void aFleetThatDoesNotHealAnswersUnavailable() throws Exception {
    FakeFleet fleet = FakeFleet.at(deadPort());
    fleet.show(FakeFleet.viewOf(1, Collections.singletonList(null)));
    try (var gateway = GatewayUnderTest.over(fleet, RetryingTest::healingShortly)) {
      assertThat(gateway.get("/"))
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: 1", "\"status\":\"failure\"");
      assertThat(gateway.gateway().totals().services().getFirst().unseated().get(4)).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatIsNotHttpIsABadGatewayAndItsConnectionIsNotUsedAgain() throws Exception {
    try (var garbage =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send("SMTP ready\r\n\r\n");
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(garbage.port()))) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 502 ");
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 502 ");
      assertThat(garbage.connections()).isEqualTo(2);
      assertThat(gateway.fleet().symptoms()).containsOnly(Symptom.GARBAGE);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsCutForTheClient() throws Exception {
    try (var half =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(half.port(), half.port()));
        Wire client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
      assertThat(client.rest()).endsWith("\r\n\r\nhalf");
      assertThat(half.connections()).isEqualTo(1);
    }
  }

  @Test
  void aHeadThatIsTooLargeIsABadGateway() throws Exception {
    try (var large =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send("HTTP/1.1 200 OK\r\n" + ("X-A: " + "a".repeat(999) + "\r\n").repeat(90));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(large.port()))) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 502 ");
    }
  }
}
