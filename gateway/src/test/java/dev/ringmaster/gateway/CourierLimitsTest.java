package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.settings.AccessLogTarget;
import dev.ringmaster.gateway.settings.ConcurrencyLimit;
import dev.ringmaster.gateway.settings.HedgeSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Parcels;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Outcome.Answered;
import dev.ringmaster.queue.delivery.Outcome.Broken;
import dev.ringmaster.queue.delivery.Outcome.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages and the bounds that they share with clients' requests, and the end of a gateway.
class CourierLimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static ScriptedReplica holding(CountDownLatch came, CountDownLatch goOn)
      throws Exception {
    return ScriptedReplica.that(wire -> {
      while (true) {
        wire.message();
        came.countDown();
        goOn.await();
        wire.send(ok("done"));
      }
    });
  }

  private static Outcome outcome(CompletableFuture<Outcome> ended) throws Exception {
    return ended.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aMessageWaitsForAPlaceAndIsRefusedIfItGetsNone() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (var replica = holding(came, goOn);
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()),
                settings ->
                    settings.withConcurrency(
                        new ConcurrencyLimit(1, 100, Duration.ofMillis(300))))) {
      Courier courier = gateway.gateway().courier();
      CompletableFuture<Outcome> first = Parcels.send(courier, Parcels.post("a", "1"));
      assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Parcels.carry(courier, Parcels.post("b", "2"))).isInstanceOf(Refused.class);
      assertThat(gateway.fleet().onSeat(0).load().inFlight()).isEqualTo(1);
      CompletableFuture<Outcome> third = Parcels.send(courier, Parcels.post("c", "3"));
      goOn.countDown();
      assertThat(outcome(first)).isInstanceOf(Answered.class);
      assertThat(outcome(third)).isInstanceOf(Answered.class);
    }
  }

  @Test
  void aMessageIsNeverWithTwoReplicasAtOnce() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (var first = holding(came, goOn);
        var second = holding(came, goOn);
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(first.port(), second.port()),
                settings -> settings.withHedge(new HedgeSettings(Duration.ofMillis(50), 1.0)))) {
      CompletableFuture<Outcome> ended =
          Parcels.send(gateway.gateway().courier(), Parcels.post("k", "b"));
      assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
      await()
          .during(Duration.ofMillis(400))
          .atMost(PATIENCE)
          .until(() -> first.connections() + second.connections() == 1);
      goOn.countDown();
      assertThat(outcome(ended)).isInstanceOf(Answered.class);
      assertThat(gateway.waits().hedged()).isZero();
    }
  }

  @Test
  void whatIsUnderWayEndsBeforeTheGatewayDoes() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (var replica = holding(came, goOn);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire idle = gateway.client()) {
      Courier courier = gateway.gateway().courier();
      CompletableFuture<Outcome> ended = Parcels.send(courier, Parcels.post("k", "b"));
      assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
      Thread closing = Thread.ofVirtual().start(gateway::close);
      assertThat(idle.rest()).as("the lane drains").isEmpty();
      assertThat(Parcels.carry(courier, Parcels.post("late", "b")))
          .isEqualTo(new Refused("Ringmaster stops"));
      assertThat(ended).isNotDone();
      goOn.countDown();
      assertThat(outcome(ended)).isInstanceOf(Answered.class);
      closing.join();
      assertThat(Parcels.carry(courier, Parcels.post("later", "b")))
          .isEqualTo(new Refused("Ringmaster has stopped"));
    }
  }

  @Test
  void whatIsStillUnderWayWhenTheDrainTimeIsOverIsBroken() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (var replica = holding(came, never)) {
      CompletableFuture<Outcome> ended;
      try (var gateway =
          GatewayUnderTest.listening(
              FakeFleet.at(replica.port()),
              settings ->
                  settings.withTimeouts(settings.timeouts().withDrain(Duration.ofMillis(200))))) {
        ended = Parcels.send(gateway.gateway().courier(), Parcels.post("k", "b"));
        assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(outcome(ended)).isEqualTo(new Broken("Ringmaster stops"));
    }
  }

  @Test
  void manyMessagesAreCarriedAtOnceOverAllLoops() throws Exception {
    int many = 64;
    CountDownLatch came = new CountDownLatch(many);
    CountDownLatch goOn = new CountDownLatch(1);
    try (var replica = holding(came, goOn);
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()),
                settings -> settings.withEventLoops(3),
                settings -> settings)) {
      List<CompletableFuture<Outcome>> all = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        all.add(Parcels.send(gateway.gateway().courier(), Parcels.post("key-" + i, "x")));
      }
      assertThat(came.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(gateway.gateway().totals().messages().carried()).isEqualTo(many);
      goOn.countDown();
      for (CompletableFuture<Outcome> one : all) {
        assertThat(outcome(one)).isInstanceOf(Answered.class);
      }
      assertThat(gateway.gateway().totals().messages().carried()).isZero();
    }
  }

  @Test
  void aMegabyteIsSentWholeAndAgainToTheNextCandidate() throws Exception {
    String body = "0123456789abcdef".repeat(1 << 16);
    try (var first =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.reset();
            });
        var second =
            ScriptedReplica.that(wire -> {
              String message = wire.message();
              wire.send(ok(message.endsWith("\r\n\r\n" + body) ? "whole" : "not whole"));
            })) {
      for (int[] ports :
          new int[][] {{first.port(), second.port()}, {second.port(), first.port()}}) {
        try (var gateway = GatewayUnderTest.over(FakeFleet.at(ports))) {
          assertThat(Parcels.carry(gateway.gateway().courier(), Parcels.post("k", body)))
              .isInstanceOfSatisfying(
                  Answered.class,
                  answered ->
                      assertThat(new String(answered.answer().body(), US_ASCII))
                          .isEqualTo("whole"));
        }
      }
    }
  }

  @Test
  void theAccessLogSaysThatItWasAMessage(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("access.log");
    try (var replica = ScriptedReplica.answering("x")) {
      try (var gateway =
          GatewayUnderTest.listening(
              FakeFleet.at(replica.port()),
              settings -> settings.withAccessLog(AccessLogTarget.File.of(log)))) {
        assertThat(Parcels.carry(gateway.gateway().courier(), Parcels.post("k", "b")))
            .isInstanceOf(Answered.class);
      }
      assertThat(Files.readString(log))
          .contains("\"client\":\"queue:orders\"", "\"method\":\"POST\"")
          .contains("\"target\":\"/jobs?n=1\"", "\"seat\":0")
          .contains("\"note\":\"message " + Parcels.ID + ", attempt 3\"");
    }
  }
}
