package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.settings.AccessLogTarget;
import dev.ringmaster.gateway.settings.HedgeSettings;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that go to a second replica because the first is slow.
class HedgingTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";

  private static ServiceSettings hedged(ServiceSettings settings) {
    return settings.withHedge(new HedgeSettings(Duration.ofMillis(30), 0.05));
  }

  /// Two replicas; the one that is asked first, whichever it is, does not answer unless allowed to.
  private static final class Pair implements AutoCloseable {
    final AtomicInteger asked = new AtomicInteger();
    final Semaphore first = new Semaphore(0);
    final Semaphore second = new Semaphore(0);
    final Queue<String> messages = new ConcurrentLinkedQueue<>();
    final ScriptedReplica one = ScriptedReplica.that(this::play);
    final ScriptedReplica other = ScriptedReplica.that(this::play);
    String answerOfFirst = ok("first");
    String answerOfSecond = ok("second");

    Pair() throws IOException {}

    private void play(Wire wire) throws Exception {
      messages.add(wire.message());
      boolean begins = asked.getAndIncrement() == 0;
      (begins ? first : second).acquire();
      wire.send(begins ? answerOfFirst : answerOfSecond);
      wire.drain();
    }

    FakeFleet fleet() {
      return FakeFleet.at(one.port(), other.port());
    }

    @Override
    public void close() throws IOException {
      first.release(100);
      second.release(100);
      one.close();
      other.close();
    }
  }

  @Test
  void theSecondAnswersForAFirstThatIsSlow() throws Exception {
    try (var pair = new Pair();
        var gateway = GatewayUnderTest.over(pair.fleet(), HedgingTest::hedged);
        Wire client = gateway.client().send(GET)) {
      pair.second.release();
      assertThat(client.message()).endsWith("second");
      assertThat(gateway.waits().hedged()).isEqualTo(1);
      assertThat(gateway.waits().hedgeWon()).isEqualTo(1);
      assertThat(gateway.fleet().onSeat(0).load().inFlight()).isZero();
      assertThat(gateway.fleet().onSeat(1).load().inFlight()).isZero();
      assertThat(gateway.fleet().symptoms()).as("slow is no fault").containsOnly(Symptom.ANSWERED);
      pair.second.release();
      assertThat(client.send(GET).message()).as("one answer each").endsWith("second");
    }
  }

  @Test
  void theFirstHeadOfAnAnswerWinsWhateverItsStatus() throws Exception {
    try (var pair = new Pair();
        var gateway = GatewayUnderTest.over(pair.fleet(), HedgingTest::hedged);
        Wire client = gateway.client().send(GET)) {
      pair.answerOfFirst = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";
      await().until(() -> pair.asked.get() == 2);
      pair.first.release();
      assertThat(client.message()).startsWith("HTTP/1.1 500 ");
      assertThat(gateway.waits().hedged()).isEqualTo(1);
      assertThat(gateway.waits().hedgeWon()).isZero();
    }
  }

  @Test
  void aFirstThatIsInTimeHasNoSecond() throws Exception {
    try (var replica = ScriptedReplica.answering("here");
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port(), replica.port()),
                s -> s.withHedge(new HedgeSettings(Duration.ofMinutes(1), 1)));
        Wire client = gateway.client()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.send(GET).message()).endsWith("here");
      }
      assertThat(gateway.waits().hedged()).isZero();
    }
  }

  /// That a PUT or a DELETE may be done twice does not mean twice at once.
  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void aRequestThatChangesSomethingIsNotDoneTwiceAtOnce(String method) throws Exception {
    try (var pair = new Pair();
        var gateway = GatewayUnderTest.over(pair.fleet(), HedgingTest::hedged);
        Wire post =
            gateway.client().send(method + " / HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n");
        Wire get = gateway.client()) {
      await().until(() -> pair.asked.get() == 1);
      pair.second.release();
      assertThat(get.send(GET).message()).endsWith("second");
      await()
          .during(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(5))
          .until(() -> gateway.waits().hedged() == 0);
      pair.first.release();
      assertThat(post.message()).endsWith("first");
      assertThat(pair.asked).hasValue(2);
    }
  }

  @Test
  void aBodyThatIsKeptGoesToBothIfTheRequestNamesItself() throws Exception {
    try (var pair = new Pair();
        var gateway = GatewayUnderTest.over(pair.fleet(), HedgingTest::hedged);
        Wire client = gateway.client()) {
      client.send("PUT /x HTTP/1.1\r\nHost: t\r\nIdempotency-Key: 7\r\nContent-Length: 5\r\n\r\n");
      client.send("hello");
      pair.second.release();
      assertThat(client.message()).endsWith("second");
      assertThat(pair.messages)
          .hasSize(2)
          .allMatch(message -> message.startsWith("PUT /x ") && message.endsWith("\r\n\r\nhello"));
    }
  }

  @Test
  void aFirstThatBreaksLeavesItToTheSecond() throws Exception {
    try (var pair = new Pair();
        var gateway = GatewayUnderTest.over(pair.fleet(), HedgingTest::hedged);
        Wire client = gateway.client().send(GET)) {
      await().until(() -> pair.asked.get() == 2);
      pair.answerOfFirst = "what is this\r\n\r\n";
      pair.first.release();
      await().until(() -> gateway.fleet().symptoms().size() == 1);
      pair.second.release();
      assertThat(client.message()).endsWith("second");
    }
  }

  @Test
  void aSecondThatBreaksLeavesItToTheFirst() throws Exception {
    try (var pair = new Pair();
        var gateway = GatewayUnderTest.over(pair.fleet(), HedgingTest::hedged);
        Wire client = gateway.client().send(GET)) {
      await().until(() -> pair.asked.get() == 2);
      pair.answerOfSecond = "what is this\r\n\r\n";
      pair.second.release();
      await().until(() -> gateway.fleet().symptoms().size() == 1);
      pair.first.release();
      assertThat(client.message()).endsWith("first");
      assertThat(gateway.waits().hedgeWon()).isZero();
    }
  }

  @Test
  void aClientThatLeavesFreesBoth() throws Exception {
    try (var pair = new Pair();
        var gateway = GatewayUnderTest.over(pair.fleet(), HedgingTest::hedged)) {
      Wire client = gateway.client().send(GET);
      await().until(() -> pair.asked.get() == 2);
      client.close();
      await().until(() -> gateway.gateway().totals().inFlight() == 0);
      assertThat(gateway.fleet().onSeat(0).load().inFlight()).isZero();
      assertThat(gateway.fleet().onSeat(1).load().inFlight()).isZero();
    }
  }

  @Test
  void bothAreGivenUpWhenTheClientsPatienceEnds() throws Exception {
    try (var pair = new Pair();
        var gateway =
            GatewayUnderTest.over(
                pair.fleet(),
                s -> hedged(s).withTimeouts(s.timeouts().withFirstByte(Duration.ofMillis(400))))) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 504 ");
      assertThat(pair.asked).hasValue(2);
    }
  }

  @Test
  void aFleetOfOneHasNoSecond() throws Exception {
    Semaphore goOn = new Semaphore(0);
    AtomicInteger asked = new AtomicInteger();
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              asked.incrementAndGet();
              goOn.acquire();
              wire.send(ok("only"));
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()), HedgingTest::hedged);
        Wire client = gateway.client().send(GET)) {
      await()
          .during(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(5))
          .until(() -> asked.get() < 2);
      goOn.release();
      assertThat(client.message()).endsWith("only");
      assertThat(gateway.waits().hedged()).isZero();
    }
  }

  @Test
  void aSecondThatIsAtItsLimitIsNotAsked() throws Exception {
    try (var pair = new Pair();
        var gateway =
            GatewayUnderTest.over(
                pair.fleet(), s -> hedged(s).withConcurrency(s.concurrency().withInFlight(1)));
        Wire one =
            gateway.client().send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n")) {
      await().until(() -> pair.asked.get() == 1);
      Wire other = gateway.client().send(GET);
      await().until(() -> pair.asked.get() == 2);
      await()
          .during(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(5))
          .until(() -> gateway.waits().hedged() == 0);
      pair.first.release();
      pair.second.release();
      assertThat(one.message()).endsWith("first");
      assertThat(other.message()).endsWith("second");
      other.close();
    }
  }

  @Test
  void secondTriesEndWithTheirBudget() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    ScriptedReplica.Script slow =
        wire -> {
          while (true) {
            wire.message();
            requests.incrementAndGet();
            new Semaphore(0).tryAcquire(60, TimeUnit.MILLISECONDS);
            wire.send(ok("late"));
          }
        };
    try (var one = ScriptedReplica.that(slow);
        var other = ScriptedReplica.that(slow);
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(one.port(), other.port()),
                s -> s.withHedge(new HedgeSettings(Duration.ofMillis(1), 0)));
        Wire client = gateway.client()) {
      for (int i = 0; i < 30; i++) {
        assertThat(client.send(GET).message()).endsWith("late");
      }
      assertThat(gateway.waits().hedged()).isEqualTo(20);
      assertThat(requests).hasValue(50);
    }
  }

  @Test
  void theLogSaysThatARequestWasHedged(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("access.log");
    try (var pair = new Pair();
        var gateway =
            GatewayUnderTest.over(
                pair.fleet(),
                s -> s.withAccessLog(AccessLogTarget.File.of(log)),
                HedgingTest::hedged);
        Wire client = gateway.client().send(GET)) {
      pair.second.release();
      assertThat(client.message()).endsWith("second");
    }
    assertThat(Files.readAllLines(log))
        .singleElement()
        .asString()
        .contains("hedged, the second answered", "\"tries\":2");
  }
}
