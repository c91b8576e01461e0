package dev.ringmaster.console.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringmaster.console.access.BearerToken;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.access.ControlMode;
import dev.ringmaster.console.queue.read.CallbackRule;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.AnswerBody;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every request of docs/queue.md, against queues in plain lists.
class QueueApiTest {
  private static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
  private static final MessageId ID = MessageId.parse("0193a5f2-7c1e-7b60-9f3c-2a4d1e5b6c70");
  private static final String LOCAL = "127.0.0.1";
  private static final String REMOTE = "203.0.113.9";

  private final FakeQueues queues = new FakeQueues().with(terms("mail", "web"));
  private QueueEndpoints endpoints =
      endpoints(ControlAccess.loopback(), Consumers.CONTROL, CallbackRule.NONE);

  static QueueTerms terms(String name, @Nullable String service) {
    return new QueueTerms(
        name,
        service,
        "/send-mail",
        64,
        QueueTerms.Limits.DEFAULT,
        QueueTerms.Retry.DEFAULT,
        QueueTerms.Results.DEFAULT);
  }

  private QueueEndpoints endpoints(
      ControlAccess access, Consumers consumers, CallbackRule callbacks) {
    TermsReading reading =
        (name, json, before) -> {
          if (json.contains("wrong")) {
            throw new IllegalArgumentException("the body:1: unknown key 'wrong'");
          }
          return terms(name, json.isEmpty() ? null : "web");
        };
    return new QueueEndpoints(
        queues, new QueueRules(access, consumers, callbacks), reading, InstantSource.fixed(NOW));
  }

  private Answer ask(String request, String body, String... headers) {
    return askFrom(LOCAL, request, body, headers);
  }

  private Answer askFrom(String client, String request, String body, String... headers) {
    String[] parts = request.split(" ", 2);
    String[] target = parts[1].split("\\?", 2);
    Map<String, String> fields = new HashMap<>(Map.of("host", "localhost:5000"));
    for (int i = 0; i < headers.length; i += 2) {
      fields.put(headers[i], headers[i + 1]);
    }
    return endpoints
        .answer(
            new Question(
                parts[0],
                target[0],
                target.length > 1 ? target[1] : "",
                fields,
                body,
                InetAddress.ofLiteral(client)))
        .toCompletableFuture()
        .join();
  }

  private static JsonNode json(Answer answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private static String head(Draft draft) {
    return new String(draft.content().head(), ISO_8859_1);
  }

  @Test
  void aMessageIsTheRequestThatBroughtIt() {
    Answer answer =
        ask(
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
    String id = json(answer).path("id").textValue();
    assertThat(answer.headers()).containsEntry("Location", "/queues/mail/messages/" + id);
    assertThat(json(answer).path("shard").intValue()).isEqualTo(3);
    assertThat(json(answer).path("repeated").booleanValue()).isFalse();
    Draft draft = queues.sent.getFirst();
    assertThat(draft.key()).isEqualTo("ann".getBytes(UTF_8));
    assertThat(draft.shard()).isEqualTo(Draft.ANY_SHARD);
    assertThat(draft.notBeforeMs()).isZero();
    assertThat(draft.deduplicationId()).isNull();
    assertThat(draft.content().body()).isEqualTo("Hello".getBytes(UTF_8));
    assertThat(head(draft))
        .startsWith("POST /send-mail HTTP/1.1\r\n")
        .contains("content-type: text/plain\r\n", "host: localhost:5000\r\n", "x-trace: t1\r\n")
        .doesNotContain("connection", "x-hop", "content-length", "forwarded", "queue-key")
        .endsWith("\r\n");
  }

  @Test
  void whatIsSaidAboutAMessageIsKeptBesideIt() {
    endpoints =
        endpoints(
            ControlAccess.loopback(),
            Consumers.CONTROL,
            new CallbackRule(List.of("hooks.example.com"), false));
    ask(
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
    Draft draft = queues.sent.getFirst();
    assertThat(draft.shard()).isEqualTo(7);
    assertThat(draft.notBeforeMs()).isEqualTo(NOW.plusSeconds(600).toEpochMilli());
    assertThat(draft.deduplicationId()).isEqualTo("order-7");
    assertThat(draft.callback()).isEqualTo("https://hooks.example.com/done");
    ask("POST /queues/mail/messages", "x", "queue-not-before", "2026-12-24T08:00:00Z");
    assertThat(queues.sent.getLast().notBeforeMs())
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
    Answer answer = ask("POST /queues/mail/messages", "x", name, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).startsWith("<Error> ").contains(told);
    assertThat(queues.sent).isEmpty();
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    Answer answer = ask("POST /queues/mail/messages", "x", "queue-key", "k".repeat(1025));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(queues.sent).isEmpty();
  }

  @Test
  void anyBytesAreAMessage() {
    byte[] body = {(byte) 0xff, 0, 10, 13};
    endpoints.answer(
        new Question(
            "POST", "/queues/mail/messages", "", Map.of(), body, InetAddress.ofLiteral(REMOTE)));
    assertThat(queues.sent.getFirst().content().body()).isEqualTo(body);
  }

  @Test
  void ringmastersOwnTokenIsNotDelivered() {
    endpoints =
        endpoints(
            new ControlAccess(ControlMode.LOOPBACK, BearerToken.of("secret-of-sixteen"), Set.of()),
            Consumers.CONTROL,
            CallbackRule.NONE);
    ask("POST /queues/mail/messages", "x", "authorization", "Bearer secret-of-sixteen");
    ask("POST /queues/mail/messages", "x", "authorization", "Bearer of-the-service");
    assertThat(head(queues.sent.getFirst())).doesNotContain("authorization");
    assertThat(head(queues.sent.getLast())).contains("authorization: Bearer of-the-service");
  }

  @Test
  void aBatchIsKeptInItsOrder() {
    Answer answer =
        ask(
            "POST /queues/mail/messages",
            """
            {"key":"ann","body":"Hello"}

            {"key":"ben","shard":5,"id":"o-7","notBefore":"1m","headers":{"Content-Type":"image/png"},"body64":"/w=="}
            {}
            """,
            "content-type",
            "application/x-ndjson; charset=utf-8");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(json(answer).path("accepted")).hasSize(3);
    assertThat(queues.sent).hasSize(3);
    Draft second = queues.sent.get(1);
    assertThat(second.key()).isEqualTo("ben".getBytes(UTF_8));
    assertThat(second.shard()).isEqualTo(5);
    assertThat(second.deduplicationId()).isEqualTo("o-7");
    assertThat(second.notBeforeMs()).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
    assertThat(second.content().body()).isEqualTo(new byte[] {(byte) 0xff});
    assertThat(head(second))
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
        ask(
            "POST /queues/mail/messages",
            "{\"body\":\"right\"}\n" + line + "\n",
            "content-type",
            "application/x-ndjson");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains(told);
    assertThat(queues.sent).isEmpty();
  }

  @Test
  void aBatchHasOneToAThousandLines() {
    String type = "application/x-ndjson";
    assertThat(ask("POST /queues/mail/messages", "\n", "content-type", type).status())
        .isEqualTo(400);
    assertThat(
            ask("POST /queues/mail/messages", "{}\n".repeat(1000), "content-type", type).status())
        .isEqualTo(202);
    assertThat(
            ask("POST /queues/mail/messages", "{}\n".repeat(1001), "content-type", type).status())
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
    queues.statuses.put(
        ID,
        new MessageStatus(ID, MessageStatus.State.DONE, 17, 2, NOW.toEpochMilli(), 0, null, said));
    JsonNode shown = json(ask("GET /queues/mail/messages/" + ID, ""));
    assertThat(shown.path("state").textValue()).isEqualTo("done");
    assertThat(shown.path("attempts").intValue()).isEqualTo(2);
    assertThat(shown.path("accepted").textValue()).isEqualTo(NOW.toString());
    assertThat(shown.path("answer").path("status").intValue()).isEqualTo(200);
    assertThat(shown.path("answer").path("headers").path("x-a").toString())
        .isEqualTo("[\"1\",\"2\"]");
    assertThat(shown.path("answer").path("body").textValue()).isEqualTo("{\"sent\":true}");
    assertThat(shown.path("answer").path("bytes").longValue()).isEqualTo(99);
    assertThat(shown.has("next")).isFalse();
  }

  @Test
  void waitingForAMessageEndsWhenItIsDead() {
    queues.statuses.put(ID, status(MessageStatus.State.IN_FLIGHT, null));
    Question question =
        new Question(
            "GET",
            "/queues/mail/messages/" + ID,
            "wait=60s",
            Map.of(),
            "",
            InetAddress.ofLiteral(REMOTE));
    var answer = endpoints.answer(question).toCompletableFuture();
    assertThat(answer).isNotDone();
    queues.statuses.put(ID, status(MessageStatus.State.DEAD, "404 Not Found"));
    JsonNode shown = json(answer.join());
    assertThat(shown.path("state").textValue()).isEqualTo("dead");
    assertThat(shown.path("reason").textValue()).isEqualTo("404 Not Found");
  }

  @Test
  void waitingForAMessageEndsWithTheTime() {
    queues.statuses.put(ID, status(MessageStatus.State.WAITING, null));
    Answer answer = ask("GET /queues/mail/messages/" + ID + "?wait=20ms", "");
    assertThat(json(answer).path("state").textValue()).isEqualTo("waiting");
    assertThat(ask("GET /queues/mail/messages/" + ID + "?wait=61s", "").status()).isEqualTo(400);
    assertThat(ask("GET /queues/mail/messages/" + ID + "?await=1s", "").status()).isEqualTo(400);
  }

  private static MessageStatus status(MessageStatus.State state, @Nullable String reason) {
    return new MessageStatus(ID, state, 17, 1, 0, 0, reason, null);
  }

  @Test
  void aMessageThatIsNotKnownIsA404() {
    assertThat(ask("GET /queues/mail/messages/" + ID, "").status()).isEqualTo(404);
    assertThat(ask("GET /queues/mail/messages/17", "").status()).isEqualTo(404);
  }

  @Test
  void messagesAreLeasedWithTheirReceipts() {
    ask("POST /queues/mail/messages", "Hello", "queue-key", "ann", "content-type", "text/plain");
    Answer answer =
        ask(
            "POST /queues/mail/subscriptions/main/lease",
            "{\"max\":10,\"wait\":\"20s\",\"visibility\":\"5s\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(queues.asked.getLast())
        .contains("most=10", "waitMs=20000", "visibilityMs=5000", "subscription=main");
    JsonNode message = json(answer).path("messages").get(0);
    assertThat(message.path("receipt").textValue()).isEqualTo("3.1.1.1");
    assertThat(message.path("key").textValue()).isEqualTo("ann");
    assertThat(message.path("attempt").intValue()).isEqualTo(1);
    assertThat(message.path("method").textValue()).isEqualTo("POST");
    assertThat(message.path("target").textValue()).isEqualTo("/send-mail");
    assertThat(message.path("headers").path("content-type").get(0).textValue())
        .isEqualTo("text/plain");
    assertThat(message.path("body").textValue()).isEqualTo("Hello");
  }

  @Test
  void anEmptyQueueIsA204() {
    Answer answer = ask("POST /queues/mail/subscriptions/main/lease", "");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(queues.asked.getLast()).contains("most=1", "waitMs=0", "visibilityMs=60000");
  }

  @Test
  void receiptsThatAreLateAreNamed() {
    String receipts = "{\"receipts\":[\"17.4711.3.1\",\"18.1.1.1\"]}";
    assertThat(json(ask("POST /queues/mail/subscriptions/main/acknowledge", receipts)).toString())
        .isEqualTo("{\"count\":2}");
    queues.late = List.of(new Receipt(18, 1, 1, 1));
    Answer late = ask("POST /queues/mail/subscriptions/main/acknowledge", receipts);
    assertThat(late.status()).isEqualTo(409);
    assertThat(json(late).path("late").toString()).isEqualTo("[\"18.1.1.1\"]");
    assertThat(json(late).path("count").intValue()).isEqualTo(1);
    assertThat(json(late).path("status").textValue()).isEqualTo("failure");
  }

  @Test
  void leasesAreExtendedAndReleased() {
    String receipts = "{\"receipts\":[\"17.4711.3.1\"]";
    ask("POST /queues/mail/subscriptions/main/extend", receipts + ",\"visibility\":\"2m\"}");
    assertThat(queues.asked.getLast()).isEqualTo("extend [17.4711.3.1] 120000");
    ask("POST /queues/mail/subscriptions/main/release", receipts + ",\"delay\":\"5s\"}");
    assertThat(queues.asked.getLast()).isEqualTo("release [17.4711.3.1] 5000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          lease|{"max":0}|max: expected a whole number from 1 to 1000
          lease|{"max":1001}|max: expected a whole number from 1 to 1000
          lease|{"wait":"61s"}|wait: expected a time from 0s to 1m
          lease|{"visibility":"13h"}|visibility: expected a time from 1s to 12h
          lease|{"visibilty":"1h"}|it has no member 'visibilty'
          acknowledge|{"receipts":[]}|receipts: expected at least one
          acknowledge|{"receipts":["17"]}|'17' is not a receipt
          acknowledge||the body is empty
          release|{"receipts":["1.1.1.1"],"delay":"721h"}|delay: expected a time from 0s to 720h
          dead/purge|{}|Expected ids or all
          dead/purge|{"ids":["0193a5f2-7c1e-7b60-9f3c-2a4d1e5b6c70"],"all":true}|Expected ids or all
          """)
  void aWrongBodyIsRefusedWithWhatWasExpected(String verb, @Nullable String body, String told) {
    Answer answer = ask("POST /queues/mail/subscriptions/main/" + verb, body == null ? "" : body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(json(answer).path("message").textValue()).contains(told);
    assertThat(queues.asked).isEmpty();
  }

  @Test
  void deadMessagesArePaged() {
    Message message =
        new Message(
            ID,
            new byte[] {(byte) 0xfe},
            1,
            2,
            3,
            NOW.toEpochMilli(),
            new Content("POST /x HTTP/1.1\r\nA: b\r\n".getBytes(UTF_8), new byte[] {(byte) 0x80}),
            null);
    queues.dead.add(new DeadMessage(message, 17, 10, NOW.toEpochMilli(), "500", null));
    JsonNode page = json(ask("GET /queues/mail/subscriptions/main/dead?max=1", ""));
    assertThat(page.path("next").textValue()).isEqualTo(ID.toString());
    JsonNode dead = page.path("dead").get(0);
    assertThat(dead.path("reason").textValue()).isEqualTo("500");
    assertThat(dead.path("key64").textValue()).isEqualTo("/g==");
    assertThat(dead.path("body64").textValue()).isEqualTo("gA==");
    ask("GET /queues/mail/subscriptions/main/dead?after=" + ID, "");
    assertThat(queues.asked.getLast()).isEqualTo("dead main " + ID + " 100");
  }

  @Test
  void deadMessagesAreRedrivenAndPurged() {
    assertThat(
            json(ask("POST /queues/mail/subscriptions/main/dead/redrive", "{\"all\":true}"))
                .path("count")
                .intValue())
        .isEqualTo(2);
    ask("POST /queues/mail/subscriptions/main/dead/purge", "{\"ids\":[\"" + ID + "\"]}");
    assertThat(queues.asked).containsExactly("redrive main []", "purge main [" + ID + "]");
  }

  @Test
  void operatorsChangeQueues() {
    assertThat(ask("PUT /queues/new", "{}").status()).isEqualTo(201);
    assertThat(ask("PUT /queues/new", "{}").status()).isEqualTo(200);
    assertThat(ask("PUT /queues/new", "wrong").status()).isEqualTo(400);
    ask("POST /queues/mail/pause", "");
    ask("POST /queues/mail/resume", "{}");
    ask("POST /queues/mail/split", "{\"shard\":3}");
    ask("POST /queues/mail/merge", "{\"from\":70,\"into\":3}");
    assertThat(ask("PUT /queues/mail/subscriptions/billing", "").status()).isEqualTo(201);
    assertThat(ask("PUT /queues/mail/subscriptions/main", "").status()).isEqualTo(200);
    ask("DELETE /queues/mail/subscriptions/billing", "");
    ask("DELETE /queues/mail", "");
    assertThat(queues.asked)
        .containsExactly(
            "pause mail",
            "resume mail",
            "split mail 3",
            "merge mail 70 3",
            "subscribe mail billing",
            "subscribe mail main",
            "unsubscribe mail billing",
            "remove mail");
    assertThat(ask("POST /queues/mail/split", "{}").status()).isEqualTo(400);
    assertThat(ask("POST /queues/mail/pause", "{\"for\":\"1h\"}").status()).isEqualTo(400);
  }

  @Test
  void queuesAreShownWithTheirCounters() {
    JsonNode all = json(ask("GET /queues", ""));
    JsonNode main = all.path("queues").get(0).path("subscriptions").get(0);
    assertThat(main.path("depth").longValue()).isEqualTo(8);
    assertThat(main.path("oldest").textValue()).isEqualTo("1970-01-01T00:00:00.500Z");
    assertThat(main.has("shards")).isFalse();
    JsonNode one = json(ask("GET /queues/mail", ""));
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
      assertThat(askFrom(REMOTE, request, "{}").status()).as(request).isEqualTo(403);
    }
    assertThat(queues.asked).isEmpty();
    assertThat(askFrom(REMOTE, "POST /queues/mail/messages", "x").status()).isEqualTo(202);
    assertThat(askFrom(REMOTE, "GET /queues/mail", "").status()).isEqualTo(200);
  }

  @Test
  void consumersMayComeFromAnywhereIfThatIsSet() {
    endpoints = endpoints(ControlAccess.loopback(), Consumers.OPEN, CallbackRule.NONE);
    assertThat(askFrom(REMOTE, "POST /queues/mail/subscriptions/main/lease", "").status())
        .isEqualTo(204);
    assertThat(askFrom(REMOTE, "GET /queues/mail/subscriptions/main/dead", "").status())
        .isEqualTo(403);
  }

  @Test
  void callbacksToPlacesThatAreNotListedAreForbidden() {
    Answer answer =
        ask("POST /queues/mail/messages", "x", "queue-callback", "https://elsewhere.example/x");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(queues.sent).isEmpty();
  }

  @Test
  void refusalsSayWhyAndWhenToTryAgain() {
    queues.refuse(Refusal.QUEUE_FULL, "mail holds 5 messages", 1500);
    Answer full = ask("POST /queues/mail/messages", "x");
    assertThat(full.status()).isEqualTo(429);
    assertThat(full.headers()).containsEntry("Retry-After", "2");
    assertThat(json(full).path("message").textValue()).isEqualTo("<Error> mail holds 5 messages");
    queues.refuse(Refusal.DISK_FULL, "the disk is full", -1);
    assertThat(ask("POST /queues/mail/messages", "x").status()).isEqualTo(507);
  }

  @Test
  void whatIsNotThereIsA404AndAWrongMethodA405() {
    assertThat(ask("POST /queues/none/messages", "x").status()).isEqualTo(404);
    assertThat(ask("GET /queues/none", "").status()).isEqualTo(404);
    assertThat(ask("GET /queues/", "").status()).isEqualTo(404);
    assertThat(ask("GET /queues/mail/", "").status()).isEqualTo(404);
    assertThat(ask("GET /queues/mail/nothing", "").status()).isEqualTo(404);
    assertThat(ask("GET /queues/m%61il", "").status()).isEqualTo(404);
    assertThat(ask("POST /queues/mail/subscriptions/main/leases", "").status()).isEqualTo(404);
    Answer wrong = ask("PATCH /queues/mail", "");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.headers()).containsEntry("Allow", "GET, HEAD, PUT, DELETE");
  }

  @Test
  void aStreamGivesOutNoMoreThanWasAskedForUntilReceiptsComeBack() {
    for (int i = 0; i < 3; i++) {
      ask("POST /queues/mail/messages", "m" + i);
    }
    Answer answer = ask("GET /queues/mail/subscriptions/main/events?max=2", "");
    assertThat(answer.headers()).containsEntry("Content-Type", "text/event-stream");
    AnswerBody.Pieces pieces = (AnswerBody.Pieces) answer.content();
    String first = new String(pieces.next().toCompletableFuture().join(), UTF_8);
    assertThat(first)
        .startsWith("event: message\nid: 3.1.1.1\ndata: {\"id\":")
        .contains("\"body\":\"m0\"", "id: 3.2.1.1")
        .endsWith("\n\n");
    var second = pieces.next().toCompletableFuture();
    assertThat(second).isNotDone();
    ask("POST /queues/mail/subscriptions/main/acknowledge", "{\"receipts\":[\"3.1.1.1\"]}");
    assertThat(new String(second.join(), UTF_8)).contains("\"body\":\"m2\"", "id: 3.3.1.1");
    pieces.close();
    assertThat(pieces.next().toCompletableFuture().join()).isEmpty();
  }
}
