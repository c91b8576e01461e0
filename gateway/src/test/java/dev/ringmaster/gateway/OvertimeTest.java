package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Requests that may take so long and no longer, whatever keeps coming meanwhile.
class OvertimeTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  /// How long a replica or a client that trickles pauses between two bytes.
  private static final long PAUSE_MS = 20;

  private static ServiceSettings limited(ServiceSettings settings) {
    return settings.withTimeouts(settings.timeouts().withRequest(SHORT));
  }

  private static void trickle(Wire wire) throws IOException, InterruptedException {
    Semaphore never = new Semaphore(0);
    while (!never.tryAcquire(PAUSE_MS, TimeUnit.MILLISECONDS)) {
      wire.send("x");
    }
  }

  @Test
  void aRequestWithoutAnAnswerInItsTimeIsAGatewayTimeout() throws Exception {
    try (var silent = ScriptedReplica.that(Wire::drain);
        var gateway = GatewayUnderTest.over(FakeFleet.at(silent.port()), OvertimeTest::limited)) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 504 ").contains("took too long");
      assertThat(gateway.waits().overtime()).isEqualTo(1);
      assertThat(gateway.fleet().onSeat(0).load().inFlight()).isZero();
      assertThat(gateway.fleet().symptoms()).as("it may be the client's fault").isEmpty();
    }
  }

  @Test
  void anAnswerThatTricklesIsCutThoughItIsNeverIdle() throws Exception {
    try (var trickling =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
              trickle(wire);
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(trickling.port()), OvertimeTest::limited);
        Wire client = gateway.client()) {
      String answer = client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").rest();
      assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("x");
      assertThat(gateway.waits().overtime()).isEqualTo(1);
    }
  }

  @Test
  void aBodyThatTricklesIsAGatewayTimeout() throws Exception {
    try (var replica = ScriptedReplica.that(Wire::drain);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), OvertimeTest::limited);
        Wire client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\n");
      Thread sending =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  trickle(client);
                } catch (IOException | InterruptedException e) {
                  return;
                }
              });
      assertThat(client.message()).startsWith("HTTP/1.1 504 ").contains("Connection: close");
      client.hangUp();
      sending.join();
    }
  }

  @Test
  void theTimeEndsWithTheRequestAndNotWithTheConnection() throws Exception {
    Semaphore second = new Semaphore(0);
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send(ok("first"));
              wire.message();
              wire.send(ok("second"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), OvertimeTest::limited);
        Wire client = gateway.client()) {
      assertThat(client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").message()).endsWith("first");
      assertThat(second.tryAcquire(2 * SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
      assertThat(client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").message()).endsWith("second");
      assertThat(gateway.waits().overtime()).isZero();
    }
  }

  @Test
  void aRequestThatWaitsForAPlaceHasNoLongerThanItsTime() throws Exception {
    Semaphore goOn = new Semaphore(0);
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              goOn.acquire();
            });
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()),
                s ->
                    limited(s)
                        .withConcurrency(
                            s.concurrency().withInFlight(1).withPatience(Duration.ofMinutes(1))));
        Wire first = gateway.client().send("GET /1 HTTP/1.1\r\nHost: t\r\n\r\n")) {
      await().until(() -> gateway.fleet().onSeat(0).load().inFlight() == 1);
      assertThat(gateway.get("/2")).startsWith("HTTP/1.1 504 ");
      assertThat(first.message()).startsWith("HTTP/1.1 504 ");
      assertThat(gateway.waits().waiting()).isZero();
      goOn.release();
    }
  }
}
