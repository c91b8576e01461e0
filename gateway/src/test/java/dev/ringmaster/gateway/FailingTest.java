package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.deadPort;
import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the fleet is told of failures in a row.
class FailingTest {

  private static String status(int status) {
    return "HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\n\r\n";
  }

  /// A replica that answers with these statuses in turn, over one connection.
  private static ScriptedReplica saying(int... statuses) throws Exception {
    AtomicInteger turn = new AtomicInteger();
    return ScriptedReplica.that(wire -> {
      while (!wire.message().isEmpty()) {
        int next = statuses[Math.floorMod(turn.getAndIncrement(), statuses.length)];
        wire.send(next == 200 ? ok("fine") : status(next));
      }
    });
  }

  private static long told(GatewayUnderTest gateway, Symptom row) {
    return gateway.fleet().symptoms().stream().filter(symptom -> symptom == row).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void fiveAnswersThatSayItCannotAreTold(int status) throws Exception {
    try (var replica = saying(status);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      for (int i = 1; i <= 12; i++) {
        assertThat(gateway.get("/")).startsWith("HTTP/1.1 " + status);
        assertThat(told(gateway, Symptom.FAILING)).isEqualTo(i / 5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 429, 500, 501, 505})
  void answersThatMayBeTheRequestsOwnFaultAreNot(int status) throws Exception {
    try (var replica = saying(status);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      for (int i = 0; i < 12; i++) {
        gateway.get("/");
      }
      assertThat(told(gateway, Symptom.FAILING)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void oneAnswerInBetweenBeginsTheCountAnew(int other) throws Exception {
    try (var replica = saying(503, 503, 503, 503, other);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      for (int i = 0; i < 30; i++) {
        gateway.get("/");
      }
      assertThat(told(gateway, Symptom.FAILING)).isZero();
    }
  }

  @Test
  void brokenAnswersCountEvenIfTheyBeganWell() throws Exception {
    try (var half =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(half.port()))) {
      for (int i = 0; i < 5; i++) {
        assertThat(gateway.get("/")).endsWith("half");
      }
      assertThat(told(gateway, Symptom.FAILING)).isEqualTo(1);
    }
  }

  @Test
  void garbageCounts() throws Exception {
    try (var garbage =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send("SSH-2.0-x\r\n\r\n");
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(garbage.port()))) {
      for (int i = 0; i < 5; i++) {
        assertThat(gateway.get("/")).startsWith("HTTP/1.1 502");
      }
      assertThat(told(gateway, Symptom.FAILING)).isEqualTo(1);
    }
  }

  @Test
  void aStormOfRefusedConnectionsIsToldAsSuch() throws Exception {
    try (var alive = ScriptedReplica.answering("alive");
        var gateway = GatewayUnderTest.over(FakeFleet.at(deadPort(), alive.port()))) {
      for (int i = 0; i < 60; i++) {
        assertThat(gateway.get("/")).endsWith("alive");
      }
      assertThat(told(gateway, Symptom.UNREACHABLE)).isPositive();
      assertThat(told(gateway, Symptom.FAILING)).isZero();
    }
  }
}
