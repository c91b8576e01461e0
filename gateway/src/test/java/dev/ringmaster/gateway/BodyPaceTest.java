package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/// Bodies that come, but too slowly: a window is ten seconds.
class BodyPaceTest {
  private static final String POST =
      "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 100000\r\nContent-Type: ";
  private static final long FAST_BYTES = 2_000;

  @Test
  void aBodyThatDawdlesIsARequestTimeoutWhileOthersAreServed() throws Exception {
    try (var replica = ScriptedReplica.that(Wire::drain);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire dawdling = gateway.client();
        Wire steady = gateway.client();
        Wire streaming = gateway.client()) {
      dawdling.send(POST + "text/plain\r\n\r\n");
      steady.send(POST + "text/plain\r\n\r\n");
      streaming.send(POST + "application/grpc+proto\r\n\r\n");
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            dawdling.sendQuietly("x");
            steady.sendQuietly("x".repeat((int) FAST_BYTES));
            return failures(gateway) > 0;
          });
      assertThat(dawdling.rest()).startsWith("HTTP/1.1 408 ");
      assertThat(gateway.gateway().totals().inFlight()).as("the other two").isEqualTo(2);
    }
  }

  /// The window in which it is not looked at is not the last.
  @Test
  void aBodyThatDawdlesAfterItsRequestHasWaitedIsFoundTheNextTime() throws Exception {
    try (var replica = ScriptedReplica.that(Wire::drain);
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()),
                settings ->
                    settings.withTimeouts(settings.timeouts().withHeal(Duration.ofSeconds(60))));
        Wire client = gateway.client()) {
      FleetView whole = gateway.fleet().view();
      gateway.fleet().show(FakeFleet.viewOf(1, Collections.singletonList(null)));
      client.send(POST + "text/plain\r\n\r\n");
      await()
          .pollDelay(Duration.ofSeconds(12))
          .atMost(Duration.ofSeconds(60))
          .until(() -> gateway.gateway().totals().inFlight() == 1);
      gateway.fleet().show(whole);
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            client.sendQuietly("x");
            return failures(gateway) > 0;
          });
      assertThat(client.rest()).startsWith("HTTP/1.1 408 ");
    }
  }

  private static long failures(GatewayUnderTest gateway) {
    return gateway.gateway().totals().services().getFirst().seats().stream()
        .mapToLong(seat -> seat.byStatusClass().get(3))
        .sum();
  }

  @Test
  void noPaceIsAskedForWhereItIsOff() throws Exception {
    try (var replica = ScriptedReplica.that(Wire::drain);
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                settings -> settings.withLimits(settings.limits().withBodyBytesPerSecond(0)));
        Wire client = gateway.client()) {
      client.send(POST + "text/plain\r\n\r\n");
      await()
          .pollDelay(Duration.ofSeconds(12))
          .atMost(Duration.ofSeconds(60))
          .until(() -> gateway.gateway().totals().inFlight() == 1);
      assertThat(failures(gateway)).isZero();
    }
  }
}
