package dev.ringmaster.console.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.console.access.BearerToken;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.access.ControlMode;
import dev.ringmaster.console.queue.read.CallbackRule;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.message.Draft;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sending, looking up and operating, by docs/queue.md.
class QueueApiTest {
  private final QueueApi api = new QueueApi();

  @Test
  void aMessageIsTheRequestThatBroughtIt() {
    Answer answer =
        api.ask(
            "POST /queues/mail/messages",
            "Hello",
            "queue-key",
            "ann",
            "content-type",
            "text/plain",
            "connection",
            "close, x-hop",
            "x-hop",
            "1",
            "content-length",
            "5",
            "x-forwarded-for",
            "192.0.2.1",
            "x-trace",
            "t1");
    assertThat(answer.status()).isEqualTo(202);
    String id = QueueApi.json(answer).path("id").textValue();
    assertThat(answer.headers()).containsEntry("Location", "/queues/mail/messages/" + id);
    assertThat(QueueApi.json(answer).path("shard").intValue()).isEqualTo(3);
    assertThat(QueueApi.json(answer).path("repeated").booleanValue()).isFalse();
    Draft draft = api.queues.sent.getFirst();
    assertThat(draft.key()).isEqualTo("ann".getBytes(UTF_8));
    assertThat(draft.shard()).isEqualTo(Draft.ANY_SHARD);
    assertThat(draft.notBeforeMs()).isZero();
    assertThat(draft.deduplicationId()).isNull();
    assertThat(draft.content().body()).isEqualTo("Hello".getBytes(UTF_8));
    assertThat(QueueApi.head(draft))
        .startsWith("POST /send-mail HTTP/1.1\r\n")
        .contains("content-type: text/plain\r\n", "host: localhost:5000\r\n", "x-trace: t1\r\n")
        .doesNotContain("connection", "x-hop", "content-length", "forwarded", "queue-key")
        .endsWith("\r\n");
  }

  @Test
  void whatIsSaidAboutAMessageIsKeptBesideIt() {
    api.endpoints =
        api.endpoints(
            ControlAccess.loopback(),
            Consumers.CONTROL,
            new CallbackRule(List.of("hooks.example.com"), false));
    api.ask(
        "POST /queues/mail/messages",
        "x",
        "queue-shard",
        "7",
        "queue-not-before",
        "10m",
        "idempotency-key",
        "order-7",
        "queue-callback",
        "https://hooks.example.com/done");
    Draft draft = api.queues.sent.getFirst();
    assertThat(draft.shard()).isEqualTo(7);
    assertThat(draft.notBeforeMs()).isEqualTo(QueueApi.NOW.plusSeconds(600).toEpochMilli());
    assertThat(draft.deduplicationId()).isEqualTo("order-7");
    assertThat(draft.callback()).isEqualTo("https://hooks.example.com/done");
    api.ask("POST /queues/mail/messages", "x", "queue-not-before", "2026-12-24T08:00:00Z");
    assertThat(api.queues.sent.getLast().notBeforeMs())
        .isEqualTo(Instant.parse("2026-12-24T08:00:00Z").toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          queue-shard|4096|Queue-Shard: expected a whole number from 0 to 4095
          queue-shard|-1|Queue-Shard: expected a whole number from 0 to 4095
          queue-not-before|tomorrow|Queue-Not-Before: expected a moment such as
          queue-not-before|721h|expected at most 30 days from now
          queue-not-before|2027-01-24T14:00:00Z|expected at most 30 days from now
          idempotency-key|with space|Idempotency-Key: expected 1 to 255 visible ASCII characters
          queue-callback|ftp://hooks.example.com|callback: expected a URL
          """)
  void aWrongHeaderIsRefusedAndNothingKept(String name, String value, String told) {
    Answer answer = api.ask("POST /queues/mail/messages", "x", name, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(QueueApi.json(answer).path("message").textValue())
        .startsWith("<Error> ")
        .contains(told);
    assertThat(api.queues.sent).isEmpty();
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    Answer answer = api.ask("POST /queues/mail/messages", "x", "queue-key", "k".repeat(1025));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(api.queues.sent).isEmpty();
  }

  @Test
  void anyBytesAreAMessage() {
    byte[] body = {(byte) 0xff, 0, 10, 13};
    api.endpoints.answer(
        new Question(
            "POST",
            "/queues/mail/messages",
            "",
            Map.of(),
            body,
            InetAddress.ofLiteral(QueueApi.REMOTE)));
    assertThat(api.queues.sent.getFirst().content().body()).isEqualTo(body);
  }

  @Test
  void ringmastersOwnTokenIsNotDelivered() {
    api.endpoints =
        api.endpoints(
            new ControlAccess(ControlMode.LOOPBACK, BearerToken.of("secret-of-sixteen"), Set.of()),
            Consumers.CONTROL,
            CallbackRule.NONE);
    api.ask("POST /queues/mail/messages", "x", "authorization", "Bearer secret-of-sixteen");
    api.ask("POST /queues/mail/messages", "x", "authorization", "Bearer of-the-service");
    assertThat(QueueApi.head(api.queues.sent.getFirst())).doesNotContain("authorization");
    assertThat(QueueApi.head(api.queues.sent.getLast()))
        .contains("authorization: Bearer of-the-service");
  }

  @Test
  void aBatchIsKeptInItsOrder() {
    Answer answer =
        api.ask(
            "POST /queues/mail/messages",
            """
            {"key":"ann","body":"Hello"}

            {"key":"ben","shard":5,"id":"o-7","notBefore":"1m","headers":{"Content-Type":"image/png"},"body64":"/w=="}
            {}
            """,
            "content-type",
            "application/x-ndjson; charset=utf-8");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(QueueApi.json(answer).path("accepted")).hasSize(3);
    assertThat(api.queues.sent).hasSize(3);
    Draft second = api.queues.sent.get(1);
    assertThat(second.key()).isEqualTo("ben".getBytes(UTF_8));
    assertThat(second.shard()).isEqualTo(5);
    assertThat(second.deduplicationId()).isEqualTo("o-7");
    assertThat(second.notBeforeMs()).isEqualTo(QueueApi.NOW.plusSeconds(60).toEpochMilli());
    assertThat(second.content().body()).isEqualTo(new byte[] {(byte) 0xff});
    assertThat(QueueApi.head(second))
        .isEqualTo(
            "POST /send-mail HTTP/1.1\r\nhost: localhost:5000\r\ncontent-type: image/png\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"key":"a","body":"x"|line 2: expected a JSON object, found no JSON
          [1]|line 2: expected a JSON object, found another JSON value
          {"kee":"a"}|line 2: unknown member 'kee'; there are body, body64, callback, headers, id, key, notBefore, shard
          {"key":1}|line 2: key: expected a string
          {"shard":4096}|line 2: shard: expected a whole number from 0 to 4095
          {"shard":"1"}|line 2: shard: expected a whole number from 0 to 4095
          {"body":"x","body64":"eA=="}|line 2: expected body or body64, found both
          {"body64":"&"}|line 2: body64: expected Base64
          {"headers":{"a b":"c"}}|line 2: headers: 'a b' is no header's name
          {"headers":{"X":"a\\r\\nY: b"}}|line 2: headers: the value of X has characters that no header has
          {"headers":{"Content-Length":"3"}}|line 2: headers: Content-Length cannot be given
          {"headers":{"Queue-Key":"3"}}|line 2: headers: Queue-Key cannot be given
          {"headers":[]}|line 2: headers: expected an object
          {"notBefore":"31d"}|line 2: notBefore: expected a moment
          {"id":""}|line 2: id: expected 1 to 255
          {"key":"a"} {"key":"b"}|line 2: expected a JSON object, found no JSON
          """)
  void aWrongLineIsNamedAndNoneIsKept(String line, String told) {
    Answer answer =
        api.ask(
            "POST /queues/mail/messages",
            "{\"body\":\"right\"}\n" + line + "\n",
            "content-type",
            "application/x-ndjson");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(QueueApi.json(answer).path("message").textValue()).contains(told);
    assertThat(api.queues.sent).isEmpty();
  }

  @Test
  void aBatchHasOneToAThousandLines() {
    String type = "application/x-ndjson";
    assertThat(api.ask("POST /queues/mail/messages", "\n", "content-type", type).status())
        .isEqualTo(400);
    assertThat(
            api.ask("POST /queues/mail/messages", "{}\n".repeat(1000), "content-type", type)
                .status())
        .isEqualTo(202);
    assertThat(
            api.ask("POST /queues/mail/messages", "{}\n".repeat(1001), "content-type", type)
                .status())
        .isEqualTo(400);
  }

  @Test
  void whatBecameOfAMessageIsShown() {
    byte[] body = "{\"sent\":true}".getBytes(UTF_8);
    var said =
        new dev.ringmaster.queue.delivery.Answer(
            200,
            "Content-Type: application/json\r\nX-A: 1\r\nx-a: 2\r\n".getBytes(UTF_8),
            body,
            99);
    api.queues.statuses.put(
        QueueApi.ID,
        new MessageStatus(
            QueueApi.ID,
            MessageStatus.State.DONE,
            17,
            2,
            QueueApi.NOW.toEpochMilli(),
            0,
            null,
            said));
    JsonNode shown = QueueApi.json(api.ask("GET /queues/mail/messages/" + QueueApi.ID, ""));
    assertThat(shown.path("state").textValue()).isEqualTo("done");
    assertThat(shown.path("attempts").intValue()).isEqualTo(2);
    assertThat(shown.path("accepted").textValue()).isEqualTo(QueueApi.NOW.toString());
    assertThat(shown.path("answer").path("status").intValue()).isEqualTo(200);
    assertThat(shown.path("answer").path("headers").path("x-a").toString())
        .isEqualTo("[\"1\",\"2\"]");
    assertThat(shown.path("answer").path("body").textValue()).isEqualTo("{\"sent\":true}");
    assertThat(shown.path("answer").path("bytes").longValue()).isEqualTo(99);
    assertThat(shown.has("next")).isFalse();
  }

  @Test
  void waitingForAMessageEndsWhenItIsDead() {
    api.queues.statuses.put(QueueApi.ID, status(MessageStatus.State.IN_FLIGHT, null));
    Question question =
        new Question(
            "GET",
            "/queues/mail/messages/" + QueueApi.ID,
            "wait=60s",
            Map.of(),
            "",
            InetAddress.ofLiteral(QueueApi.REMOTE));
    var answer = api.endpoints.answer(question).toCompletableFuture();
    assertThat(answer).isNotDone();
    api.queues.statuses.put(QueueApi.ID, status(MessageStatus.State.DEAD, "404 Not Found"));
    JsonNode shown = QueueApi.json(answer.join());
    assertThat(shown.path("state").textValue()).isEqualTo("dead");
    assertThat(shown.path("reason").textValue()).isEqualTo("404 Not Found");
  }

  @Test
  void waitingForAMessageEndsWithTheTime() {
    api.queues.statuses.put(QueueApi.ID, status(MessageStatus.State.WAITING, null));
    Answer answer = api.ask("GET /queues/mail/messages/" + QueueApi.ID + "?wait=20ms", "");
    assertThat(QueueApi.json(answer).path("state").textValue()).isEqualTo("waiting");
    assertThat(api.ask("GET /queues/mail/messages/" + QueueApi.ID + "?wait=61s", "").status())
        .isEqualTo(400);
    assertThat(api.ask("GET /queues/mail/messages/" + QueueApi.ID + "?await=1s", "").status())
        .isEqualTo(400);
  }

  private static MessageStatus status(MessageStatus.State state, @Nullable String reason) {
    return new MessageStatus(QueueApi.ID, state, 17, 1, 0, 0, reason, null);
  }

  @Test
  void aMessageThatIsNotKnownIsA404() {
    assertThat(api.ask("GET /queues/mail/messages/" + QueueApi.ID, "").status()).isEqualTo(404);
    assertThat(api.ask("GET /queues/mail/messages/17", "").status()).isEqualTo(404);
  }

  @Test
  void operatorsChangeQueues() {
    assertThat(api.ask("PUT /queues/new", "{}").status()).isEqualTo(201);
    assertThat(api.ask("PUT /queues/new", "{}").status()).isEqualTo(200);
    assertThat(api.ask("PUT /queues/new", "wrong").status()).isEqualTo(400);
    api.ask("POST /queues/mail/pause", "");
    api.ask("POST /queues/mail/resume", "{}");
    api.ask("POST /queues/mail/split", "{\"shard\":3}");
    api.ask("POST /queues/mail/merge", "{\"from\":70,\"into\":3}");
    assertThat(api.ask("PUT /queues/mail/subscriptions/billing", "").status()).isEqualTo(201);
    assertThat(api.ask("PUT /queues/mail/subscriptions/main", "").status()).isEqualTo(200);
    api.ask("DELETE /queues/mail/subscriptions/billing", "");
    api.ask("DELETE /queues/mail", "");
    assertThat(api.queues.asked)
        .containsExactly(
            "pause mail",
            "resume mail",
            "split mail 3",
            "merge mail 70 3",
            "subscribe mail billing",
            "subscribe mail main",
            "unsubscribe mail billing",
            "remove mail");
    assertThat(api.ask("POST /queues/mail/split", "{}").status()).isEqualTo(400);
    assertThat(api.ask("POST /queues/mail/pause", "{\"for\":\"1h\"}").status()).isEqualTo(400);
  }

  @Test
  void queuesAreShownWithTheirCounters() {
    JsonNode all = QueueApi.json(api.ask("GET /queues", ""));
    JsonNode main = all.path("queues").get(0).path("subscriptions").get(0);
    assertThat(main.path("depth").longValue()).isEqualTo(8);
    assertThat(main.path("oldest").textValue()).isEqualTo("1970-01-01T00:00:00.500Z");
    assertThat(main.has("shards")).isFalse();
    JsonNode one = QueueApi.json(api.ask("GET /queues/mail", ""));
    assertThat(one.path("terms").path("retry").path("most").textValue()).isEqualTo("10m");
    assertThat(one.path("terms").path("service").textValue()).isEqualTo("web");
    assertThat(one.path("shards").get(0).path("slots").textValue()).isEqualTo("0-63");
    assertThat(one.path("subscriptions").get(0).path("shards").get(0).path("inFlight").longValue())
        .isEqualTo(2);
  }

  @Test
  void whoeverMayNotChangeTheFleetMayNotChangeQueues() {
    for (String request :
        List.of(
            "PUT /queues/mail",
            "DELETE /queues/mail",
            "POST /queues/mail/pause",
            "POST /queues/mail/resume",
            "POST /queues/mail/split",
            "POST /queues/mail/merge",
            "PUT /queues/mail/subscriptions/x",
            "DELETE /queues/mail/subscriptions/x",
            "POST /queues/mail/subscriptions/main/lease",
            "POST /queues/mail/subscriptions/main/acknowledge",
            "POST /queues/mail/subscriptions/main/extend",
            "POST /queues/mail/subscriptions/main/release",
            "GET /queues/mail/subscriptions/main/events",
            "GET /queues/mail/subscriptions/main/dead",
            "POST /queues/mail/subscriptions/main/dead/redrive",
            "POST /queues/mail/subscriptions/main/dead/purge")) {
      assertThat(api.askFrom(QueueApi.REMOTE, request, "{}").status()).as(request).isEqualTo(403);
    }
    assertThat(api.queues.asked).isEmpty();
    assertThat(api.askFrom(QueueApi.REMOTE, "POST /queues/mail/messages", "x").status())
        .isEqualTo(202);
    assertThat(api.askFrom(QueueApi.REMOTE, "GET /queues/mail", "").status()).isEqualTo(200);
  }

  @Test
  void callbacksToPlacesThatAreNotListedAreForbidden() {
    Answer answer =
        api.ask("POST /queues/mail/messages", "x", "queue-callback", "https://elsewhere.example/x");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(api.queues.sent).isEmpty();
  }

  @Test
  void refusalsSayWhyAndWhenToTryAgain() {
    api.queues.refuse(Refusal.QUEUE_FULL, "mail holds 5 messages", 1500);
    Answer full = api.ask("POST /queues/mail/messages", "x");
    assertThat(full.status()).isEqualTo(429);
    assertThat(full.headers()).containsEntry("Retry-After", "2");
    assertThat(QueueApi.json(full).path("message").textValue())
        .isEqualTo("<Error> mail holds 5 messages");
    api.queues.refuse(Refusal.DISK_FULL, "the disk is full", -1);
    assertThat(api.ask("POST /queues/mail/messages", "x").status()).isEqualTo(507);
  }

  @Test
  void whatIsNotThereIsA404AndAWrongMethodA405() {
    assertThat(api.ask("POST /queues/none/messages", "x").status()).isEqualTo(404);
    assertThat(api.ask("GET /queues/none", "").status()).isEqualTo(404);
    assertThat(api.ask("GET /queues/", "").status()).isEqualTo(404);
    assertThat(api.ask("GET /queues/mail/", "").status()).isEqualTo(404);
    assertThat(api.ask("GET /queues/mail/nothing", "").status()).isEqualTo(404);
    assertThat(api.ask("GET /queues/m%61il", "").status()).isEqualTo(404);
    assertThat(api.ask("POST /queues/mail/subscriptions/main/leases", "").status()).isEqualTo(404);
    Answer wrong = api.ask("PATCH /queues/mail", "");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.headers()).containsEntry("Allow", "GET, HEAD, PUT, DELETE");
  }
}
