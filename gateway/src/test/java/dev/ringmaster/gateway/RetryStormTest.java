package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.retry.RetryBudget;
import dev.ringmaster.gateway.settings.RetryLimits;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// All replicas fail at once, and every request could be repeated.
class RetryStormTest {
  private static final int LOOPS = 2;
  private static final int CLIENTS = 16;
  private static final int REQUESTS_PER_CLIENT = 400;
  private static final int REQUESTS = CLIENTS * REQUESTS_PER_CLIENT;

  @Test
  void theTriesAtFailingReplicasStayWithinTheBudget() throws Exception {
    AtomicLong tries = new AtomicLong();
    AtomicLong failures = new AtomicLong();
    long beganNs = System.nanoTime();
    try (var first = breaking(tries);
        var second = breaking(tries);
        var third = breaking(tries);
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(first.port(), second.port(), third.port()),
                settings -> settings.withEventLoops(LOOPS))) {
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofVirtual().start(() -> ask(gateway, failures)));
      }
      for (Thread client : clients) {
        client.join();
      }
    }
    assertThat(failures).as("requests answered 502").hasValue(REQUESTS);
    long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs);
    RetryLimits limits = RetryLimits.DEFAULT;
    double budget =
        limits.budget() * REQUESTS + limits.perSecond() * seconds + LOOPS * RetryBudget.BURST;
    assertThat((double) tries.get() - REQUESTS)
        .as("retries that reached a replica")
        .isGreaterThan(limits.budget() * REQUESTS)
        .isLessThanOrEqualTo(budget);
    assertThat(tries.get()).as("without a budget").isLessThan(limits.tries() * (long) REQUESTS);
  }

  private static ScriptedReplica breaking(AtomicLong tries) throws IOException {
    return ScriptedReplica.that(wire -> {
      wire.head();
      tries.incrementAndGet();
    });
  }

  private static void ask(GatewayUnderTest gateway, AtomicLong failures) {
    try (Wire client = gateway.client()) {
      for (int i = 0; i < REQUESTS_PER_CLIENT; i++) {
        String answer = client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").message();
        failures.addAndGet(answer.startsWith("HTTP/1.1 502 ") ? 1 : 0);
      }
    } catch (IOException e) {
      failures.addAndGet(-REQUESTS);
    }
  }
}
