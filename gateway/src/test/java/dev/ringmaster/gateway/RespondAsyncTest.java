package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.Http2Client.Stream;
import dev.ringmaster.gateway.testing.QueuesUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.Refusal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests whose clients prefer not to wait become messages.
class RespondAsyncTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<String> came = new LinkedBlockingQueue<>();
  private ScriptedReplica replica;
  private QueuesUnderTest queues;
  private GatewayUnderTest gateway;

  @BeforeEach
  void start() throws Exception {
    replica =
        ScriptedReplica.that(wire -> {
          while (true) {
            came.add(wire.message());
            wire.send(ok("direct"));
          }
        });
    queues = new QueuesUnderTest();
    open(settings -> settings);
  }

  private void open(UnaryOperator<ServiceSettings> change) throws Exception {
    gateway =
        GatewayUnderTest.queueing(
            FakeFleet.at(replica.port()), queues, settings -> settings, change);
  }

  @AfterEach
  void stop() throws Exception {
    queues.close();
    gateway.close();
    replica.close();
  }

  private String came() throws InterruptedException {
    return Objects.requireNonNull(came.poll(20, TimeUnit.SECONDS), "nothing came");
  }

  private static String post(String headers, String body) {
    return "POST /jobs HTTP/1.1\r\nHost: shop\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void aRequestThatMayWaitIsKeptAndDeliveredAsItCame() throws Exception {
    String answer =
        gateway.ask(
            post(
                "Prefer: respond-async\r\nX-Mine: 1\r\nX-Forwarded-For: 9.9.9.9\r\n"
                    + "Connection: X-Hop\r\nX-Hop: 1\r\nQueue-Attempt: 99\r\n",
                "body"));
    var id = QueuesUnderTest.id(answer);
    assertThat(answer)
        .startsWith("HTTP/1.1 202 Accepted\r\n")
        .contains("Preference-Applied: respond-async\r\n")
        .contains("Location: /queues/web/messages/" + id + "\r\n")
        .contains("Content-Type: application/json\r\n")
        .containsPattern("\"queue\":\"web\",\"shard\":\\d+,\"repeated\":false}$");
    assertThat(came())
        .startsWith("POST /jobs HTTP/1.1\r\nHost: shop\r\n")
        .endsWith("Content-Length: 4\r\n\r\nbody")
        .contains("X-Mine: 1\r\n")
        .contains("X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-Proto: http\r\n")
        .contains("X-Forwarded-Host: shop\r\n", "Via: 1.1 ringmaster\r\n")
        .contains("Idempotency-Key: " + id + "\r\n", "Queue-Attempt: 1\r\n")
        .doesNotContain("9.9.9.9", "X-Hop", "Prefer", "Queue-Attempt: 99");
    assertThat(queues.done("web", id)).isEqualTo("direct");
    assertThat(gateway.gateway().totals().messages().accepted()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "respond-async                                   | ''",
        "Respond-Async; x=1, wait=10                     | ''",
        "return=minimal, wait=5,respond-async            | return=minimal",
        "a=\"1, respond-async\", respond-async, b;c=\"d\\\"\" | a=\"1, respond-async\", b;c=\"d\\\"\""
      })
  void thePreferencesThatAreNotForAGatewayPass(String prefer, String left) throws Exception {
    String answer = gateway.ask(post("Prefer: " + prefer + "\r\n", ""));
    assertThat(answer).startsWith("HTTP/1.1 202");
    if (left.isEmpty()) {
      assertThat(came()).doesNotContain("Prefer");
    } else {
      assertThat(came()).contains("Prefer: " + left + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return=minimal",
        "a=\"respond-async\"",
        "respond-asynchronously",
        "\"respond-async\""
      })
  void whoPrefersSomethingElseIsAnsweredAtOnce(String prefer) throws Exception {
    assertThat(gateway.ask(post("Prefer: " + prefer + "\r\n", "x"))).endsWith("direct");
    assertThat(came()).contains("Prefer: " + prefer + "\r\n").doesNotContain("Queue-");
  }

  @Test
  void whereRequestsMayNotWaitThePreferenceIsTheReplicas() throws Exception {
    gateway.close();
    open(settings -> settings.withRespondAsync(false));
    assertThat(gateway.ask(post("Prefer: respond-async\r\n", "x"))).endsWith("direct");
    assertThat(came()).contains("Prefer: respond-async\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "PATCH"})
  void anyMethodMayWait(String method) throws Exception {
    try (Wire client = gateway.client()) {
      String head = method + " /a?b HTTP/1.1\r\nHost: t\r\nPrefer: respond-async\r\n\r\n";
      assertThat(client.send(head).head()).startsWith("HTTP/1.1 202").contains("Location: ");
      assertThat(came()).startsWith(method + " /a?b HTTP/1.1\r\n");
    }
  }

  @Test
  void aChunkedBodyIsAskedForAndKeptWithoutItsFraming() throws Exception {
    try (Wire client = gateway.client()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: t\r\nPrefer: respond-async\r\nExpect: 100-continue\r\n"
              + "Transfer-Encoding: chunked\r\nTrailer: T\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100");
      client.send("3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: 1\r\n\r\n");
      assertThat(client.message()).startsWith("HTTP/1.1 202");
      assertThat(came())
          .endsWith("Content-Length: 5\r\n\r\nabcde")
          .doesNotContain("chunked", "Expect", "Trailer");
      client.send(post("Prefer: respond-async\r\n", "next on this connection"));
      assertThat(client.message()).startsWith("HTTP/1.1 202");
    }
  }

  @Test
  void ofHalfARequestNothingIsKept() throws Exception {
    try (Wire client = gateway.client()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: t\r\nPrefer: respond-async\r\nContent-Length: 9\r\n\r\nhalf");
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(gateway.gateway().totals().inFlight()).isZero());
    assertThat(queues.queues().queue("web")).isNull();
  }

  @Test
  void aBodyBeyondTheQueuesLimitIsRefused() throws Exception {
    QueueTerms terms = QueueTerms.ofService("web");
    queues.put(
        new QueueTerms(
            "web",
            "web",
            "/",
            4,
            new QueueTerms.Limits(10, 1 << 20, Duration.ZERO, 400, 8, 2),
            terms.retry(),
            terms.results()));
    assertThat(gateway.ask(post("Prefer: respond-async\r\n", "x".repeat(401))))
        .startsWith("HTTP/1.1 413");
    String chunked =
        "POST / HTTP/1.1\r\nHost: t\r\nPrefer: respond-async\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "1F4\r\n"
            + "x".repeat(500)
            + "\r\n0\r\n\r\n";
    assertThat(gateway.ask(chunked)).startsWith("HTTP/1.1 413").contains("Connection: close");
    assertThat(gateway.ask(post("Prefer: respond-async\r\n", "x".repeat(390))))
        .as("head and body")
        .startsWith("HTTP/1.1 413");
    assertThat(gateway.ask(post("Prefer: respond-async\r\n", "x"))).startsWith("HTTP/1.1 202");
  }

  @Test
  void aQueueThatIsFullSaysWhenToComeAgain() throws Exception {
    QueueTerms terms = QueueTerms.ofService("web");
    queues.put(
        new QueueTerms(
            "web",
            "web",
            "/",
            4,
            new QueueTerms.Limits(1, 1 << 20, Duration.ZERO, 4000, 8, 2),
            terms.retry(),
            terms.results()));
    queues.pause("web");
    assertThat(gateway.ask(post("Prefer: respond-async\r\n", "1"))).startsWith("HTTP/1.1 202");
    assertThat(gateway.ask(post("Prefer: respond-async\r\n", "2")))
        .startsWith("HTTP/1.1 429")
        .contains("Retry-After: 1\r\n")
        .contains("\"status\":\"failure\"");
    assertThat(gateway.gateway().totals().messages().refusals().get(Refusal.QUEUE_FULL))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void eachRefusalHasItsStatus(Refusal kind) throws Exception {
    queues.refuse(kind);
    String answer = gateway.ask(post("Prefer: respond-async\r\n", "x"));
    assertThat(answer)
        .startsWith("HTTP/1.1 " + kind.status() + " ")
        .contains("<Error> for this test");
    assertThat(answer.contains("Retry-After: 2\r\n")).isEqualTo(kind != Refusal.INVALID);
    assertThat(gateway.gateway().totals().messages().refusals().get(kind)).isEqualTo(1);
  }

  @Test
  void whatOffersAnotherProtocolCannotWait() throws Exception {
    assertThat(
            gateway.ask(
                "GET / HTTP/1.1\r\nHost: t\r\nPrefer: respond-async\r\n"
                    + "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("another protocol");
  }

  @Test
  void aRepeatWithTheSameIdempotencyKeyIsTheFirst() throws Exception {
    String request = post("Prefer: respond-async\r\nIdempotency-Key: order-7\r\n", "x");
    String first = gateway.ask(request);
    String second = gateway.ask(request);
    assertThat(QueuesUnderTest.id(second)).isEqualTo(QueuesUnderTest.id(first));
    assertThat(second).startsWith("HTTP/1.1 202").contains("\"repeated\":true");
    assertThat(came()).contains("Idempotency-Key: order-7\r\n");
    queues.done("web", QueuesUnderTest.id(first));
    assertThat(came).isEmpty();
  }

  @Test
  void whatIsNotDueIsNotDelivered() throws Exception {
    String answer =
        gateway.ask(post("Prefer: respond-async\r\nQueue-Not-Before: 1000\r\n", "later"));
    gateway.ask(post("Prefer: respond-async\r\n", "now"));
    assertThat(came()).endsWith("now");
    assertThat(queues.status("web", QueuesUnderTest.id(answer)).state()).isEqualTo(State.WAITING);
  }

  @Test
  void overHttp2ItIsTheSame() throws Exception {
    try (Http2Client client = Http2Client.to(gateway.port())) {
      var answer =
          client
              .open()
              .send(Stream.head("POST", "/h2", "prefer", "respond-async"), false)
              .data("the body", true)
              .answer();
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.fields()).containsEntry("preference-applied", "respond-async");
      assertThat(came()).startsWith("POST /h2 HTTP/1.1\r\nhost: test\r\n").endsWith("the body");
    }
  }

  @Test
  void anOldClientWithoutAHostMayWaitToo() throws Exception {
    try (Wire client = gateway.client()) {
      assertThat(client.send("GET /old HTTP/1.0\r\nPrefer: respond-async\r\n\r\n").rest())
          .startsWith("HTTP/1.1 202");
      assertThat(came())
          .startsWith("GET /old HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n");
    }
  }

  @Test
  void aBodyOfAMegabyteArrivesWhole() throws Exception {
    String body = "0123456789abcdef".repeat(60_000);
    String answer = gateway.ask(post("Prefer: respond-async\r\n", body));
    assertThat(answer).startsWith("HTTP/1.1 202");
    assertThat(came()).endsWith("\r\n\r\n" + body);
  }
}
