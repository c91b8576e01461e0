package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Parcels;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Outcome.Answered;
import dev.ringmaster.queue.delivery.Outcome.Broken;
import dev.ringmaster.queue.delivery.Outcome.Refused;
import dev.ringmaster.queue.delivery.Parcel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages on their way to replicas: what is sent, and what is told of the answer.
class CourierTest {

  private static Outcome carry(GatewayUnderTest gateway, Parcel parcel) throws Exception {
    return Parcels.carry(gateway.gateway().courier(), parcel);
  }

  private static Outcome answeredWith(String answer) throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send(answer);
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      return carry(gateway, Parcels.post("k", "body"));
    }
  }

  private static String taken(BlockingQueue<String> came) throws InterruptedException {
    return Objects.requireNonNull(came.poll(20, TimeUnit.SECONDS), "nothing came");
  }

  private static String body(Answer answer) {
    return new String(answer.body(), ISO_8859_1);
  }

  @Test
  void aMessageArrivesAsTheRequestItWasWithWhatTheQueueSays() throws Exception {
    BlockingQueue<String> came = new LinkedBlockingQueue<>();
    try (var replica =
            ScriptedReplica.that(wire -> {
              while (true) {
                came.add(wire.message());
                wire.send(ok("done"));
              }
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      Outcome outcome = carry(gateway, Parcels.post("k", "the body"));
      assertThat(taken(came))
          .isEqualTo(
              "POST /jobs?n=1 HTTP/1.1\r\n"
                  + "Host: shop\r\n"
                  + "Content-Type: text/plain\r\n"
                  + "Idempotency-Key: 01890a5d-ac96-774b-bcce-b302099a8057\r\n"
                  + "Queue-Attempt: 3\r\n"
                  + "Queue-Shard: 12\r\n"
                  + "Queue-Epoch: 5\r\n"
                  + "Queue-Seq: 77\r\n"
                  + "Content-Length: 8\r\n"
                  + "\r\n"
                  + "the body");
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Answered.class,
              answered -> {
                assertThat(answered.answer().status()).isEqualTo(200);
                assertThat(body(answered.answer())).isEqualTo("done");
                assertThat(answered.answer().bodyBytes()).isEqualTo(4);
                assertThat(answered.seat()).isZero();
                assertThat(answered.retryAfterMs()).isEqualTo(-1);
              });
      carry(gateway, Parcels.post("k", "again"));
      assertThat(replica.connections()).as("a kept connection is used").isEqualTo(1);
      var totals = gateway.gateway().totals();
      assertThat(totals.messages().answered()).isEqualTo(2);
      assertThat(totals.services().getFirst().seats().getFirst().byStatusClass())
          .isEqualTo(List.of(0L, 2L, 0L, 0L, 0L));
    }
  }

  @Test
  void theProducersOwnIdempotencyKeyIsKept() throws Exception {
    BlockingQueue<String> came = new LinkedBlockingQueue<>();
    try (var replica =
            ScriptedReplica.that(wire -> {
              came.add(wire.message());
              wire.send(ok(""));
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      carry(gateway, Parcels.of("GET / HTTP/1.1\r\nHost: t\r\nidempotency-key: mine\r\n", "", ""));
      assertThat(taken(came))
          .contains("idempotency-key: mine\r\n")
          .doesNotContain("Idempotency-Key:")
          .doesNotContain("Content-Length");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "GET /a b HTTP/1.1\r\nHost: t\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nA: b\nC: d\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\n\r\nGET /second HTTP/1.1\r\nHost: t\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n",
        "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n",
        "GET / HTTP/1.1\r\nHost: t",
        ""
      })
  void whatTheStoreGivesBackLeavesAsARequestOrNotAtAll(String head) throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      assertThat(carry(gateway, Parcels.of(head, "k", "b")))
          .isInstanceOfSatisfying(
              Broken.class, broken -> assertThat(broken.reason()).contains("stored head"));
      assertThat(replica.connections()).isZero();
    }
  }

  @Test
  void whatOnlyOneConnectionOrTheQueueMaySayIsLeftOut() throws Exception {
    BlockingQueue<String> came = new LinkedBlockingQueue<>();
    try (var replica =
            ScriptedReplica.that(wire -> {
              came.add(wire.message());
              wire.send(ok(""));
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      carry(
          gateway,
          Parcels.of(
              "GET / HTTP/1.1\r\nHost: t\r\nConnection: upgrade, X-Mine\r\nUpgrade: websocket\r\n"
                  + "X-Mine: 1\r\nExpect: 100-continue\r\nQUEUE-Attempt: 99\r\nX-Yours: 2\r\n",
              "k",
              ""));
      assertThat(taken(came))
          .contains("X-Yours: 2\r\n", "Queue-Attempt: 3\r\n")
          .doesNotContain("Upgrade", "Connection", "X-Mine", "Expect", "QUEUE-Attempt");
    }
  }

  @Test
  void anAnswerIsToldWithoutItsFraming() throws Exception {
    String answer =
        "HTTP/1.1 418 Teapot\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-Kept: 2\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nT: r\r\n\r\n";
    assertThat(answeredWith(answer))
        .isInstanceOfSatisfying(
            Answered.class,
            answered -> {
              assertThat(answered.answer().status()).isEqualTo(418);
              assertThat(new String(answered.answer().head(), ISO_8859_1))
                  .isEqualTo("X-Kept: 2\r\n");
              assertThat(body(answered.answer())).isEqualTo("abcdefg");
            });
  }

  @Test
  void ofALargeAnswerTheBeginningIsKept() throws Exception {
    String large = "z".repeat(3 << 20);
    assertThat(answeredWith(ok(large)))
        .isInstanceOfSatisfying(
            Answered.class,
            answered -> {
              assertThat(answered.answer().body()).hasSize(Answer.MOST_BODY_BYTES);
              assertThat(answered.answer().bodyBytes()).isEqualTo(3 << 20);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 404, 429, 500, 503})
  void anyStatusIsAnAnswer(int status) throws Exception {
    String answer = "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\nRetry-After: 7\r\n\r\n";
    assertThat(answeredWith(answer))
        .isInstanceOfSatisfying(
            Answered.class,
            answered -> {
              assertThat(answered.answer().status()).isEqualTo(status);
              assertThat(answered.retryAfterMs()).isEqualTo(7_000);
            });
  }

  @Test
  void aReplicaThatDiesInTheMidstIsFollowedByTheNextCandidate() throws Exception {

    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (var first = dying(seen, "first", "");
        var second = dying(seen, "second", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
        var third = ScriptedReplica.answering("whole");
        var gateway =
            GatewayUnderTest.over(FakeFleet.at(first.port(), second.port(), third.port()))) {
      assertThat(carry(gateway, Parcels.post("k", "b")))
          .isInstanceOfSatisfying(
              Answered.class, answered -> assertThat(body(answered.answer())).isEqualTo("whole"));
      assertThat(seen).doesNotHaveDuplicates();
    }
  }

  private static ScriptedReplica dying(BlockingQueue<String> seen, String name, String answer)
      throws Exception {
    return ScriptedReplica.that(wire -> {
      seen.add(name + wire.message().length());
      wire.send(answer);
      wire.reset();
    });
  }

  @Test
  void aReplicaThatDoesNotAnswerInTimeIsABrokenAttempt() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      assertThat(carry(gateway, Parcels.within(300, Parcels.post("k", "b"))))
          .isEqualTo(new Broken("a replica did not answer in time"));
      assertThat(gateway.gateway().totals().messages().broken()).isEqualTo(1);
    }
  }

  @Test
  void garbageIsABrokenAttempt() throws Exception {
    assertThat(answeredWith("SMTP ready\r\n\r\n"))
        .isEqualTo(new Broken("a replica's answer is not valid HTTP"));
  }

  @Test
  void whereNobodyServesNothingWasTried() throws Exception {
    try (var gateway = GatewayUnderTest.over(FakeFleet.at())) {
      assertThat(carry(gateway, Parcels.post("k", "b")))
          .isEqualTo(new Refused("no replica serves"));
      assertThat(carry(gateway, Parcels.to("gone", Parcels.post("k", "b"))))
          .isEqualTo(new Refused("there is no service 'gone'"));
      assertThat(gateway.gateway().totals().messages().refused()).isEqualTo(2);
    }
  }

  @Test
  void whereNobodyListensNothingWasTried() throws Exception {
    try (var gateway =
        GatewayUnderTest.over(
            FakeFleet.at(ScriptedReplica.deadPort()),
            settings -> settings.withTimeouts(settings.timeouts().withHeal(Duration.ZERO)))) {
      assertThat(carry(gateway, Parcels.post("k", "b"))).isInstanceOf(Refused.class);
    }
  }
}
