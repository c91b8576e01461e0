package dev.ringmaster.console.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.queue.read.CallbackRule;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.AnswerBody;
import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What consumers ask for, and dead letters, by docs/queue.md.
class PullApiTest {
  private final QueueApi api = new QueueApi();

  @Test
  void messagesAreLeasedWithTheirReceipts() {
    api.ask(
        "POST /queues/mail/messages", "Hello", "queue-key", "ann", "content-type", "text/plain");
    Answer answer =
        api.ask(
            "POST /queues/mail/subscriptions/main/lease",
            "{\"max\":10,\"wait\":\"20s\",\"visibility\":\"5s\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(api.queues.asked.getLast())
        .contains("most=10", "waitMs=20000", "visibilityMs=5000", "subscription=main");
    JsonNode message = QueueApi.json(answer).path("messages").get(0);
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
    Answer answer = api.ask("POST /queues/mail/subscriptions/main/lease", "");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(api.queues.asked.getLast()).contains("most=1", "waitMs=0", "visibilityMs=60000");
  }

  @Test
  void receiptsThatAreLateAreNamed() {
    String receipts = "{\"receipts\":[\"17.4711.3.1\",\"18.1.1.1\"]}";
    assertThat(
            QueueApi.json(api.ask("POST /queues/mail/subscriptions/main/acknowledge", receipts))
                .toString())
        .isEqualTo("{\"count\":2}");
    api.queues.late = List.of(new Receipt(18, 1, 1, 1));
    Answer late = api.ask("POST /queues/mail/subscriptions/main/acknowledge", receipts);
    assertThat(late.status()).isEqualTo(409);
    assertThat(QueueApi.json(late).path("late").toString()).isEqualTo("[\"18.1.1.1\"]");
    assertThat(QueueApi.json(late).path("count").intValue()).isEqualTo(1);
    assertThat(QueueApi.json(late).path("status").textValue()).isEqualTo("failure");
  }

  @Test
  void leasesAreExtendedAndReleased() {
    String receipts = "{\"receipts\":[\"17.4711.3.1\"]";
    api.ask("POST /queues/mail/subscriptions/main/extend", receipts + ",\"visibility\":\"2m\"}");
    assertThat(api.queues.asked.getLast()).isEqualTo("extend [17.4711.3.1] 120000");
    api.ask("POST /queues/mail/subscriptions/main/release", receipts + ",\"delay\":\"5s\"}");
    assertThat(api.queues.asked.getLast()).isEqualTo("release [17.4711.3.1] 5000");
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
    Answer answer =
        api.ask("POST /queues/mail/subscriptions/main/" + verb, body == null ? "" : body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(QueueApi.json(answer).path("message").textValue()).contains(told);
    assertThat(api.queues.asked).isEmpty();
  }

  @Test
  void deadMessagesArePaged() {
    Message message =
        new Message(
            QueueApi.ID,
            new byte[] {(byte) 0xfe},
            1,
            2,
            3,
            QueueApi.NOW.toEpochMilli(),
            new Content("POST /x HTTP/1.1\r\nA: b\r\n".getBytes(UTF_8), new byte[] {(byte) 0x80}),
            null);
    api.queues.dead.add(new DeadMessage(message, 17, 10, QueueApi.NOW.toEpochMilli(), "500", null));
    JsonNode page = QueueApi.json(api.ask("GET /queues/mail/subscriptions/main/dead?max=1", ""));
    assertThat(page.path("next").textValue()).isEqualTo(QueueApi.ID.toString());
    JsonNode dead = page.path("dead").get(0);
    assertThat(dead.path("reason").textValue()).isEqualTo("500");
    assertThat(dead.path("key64").textValue()).isEqualTo("/g==");
    assertThat(dead.path("body64").textValue()).isEqualTo("gA==");
    api.ask("GET /queues/mail/subscriptions/main/dead?after=" + QueueApi.ID, "");
    assertThat(api.queues.asked.getLast()).isEqualTo("dead main " + QueueApi.ID + " 100");
  }

  @Test
  void deadMessagesAreRedrivenAndPurged() {
    assertThat(
            QueueApi.json(
                    api.ask("POST /queues/mail/subscriptions/main/dead/redrive", "{\"all\":true}"))
                .path("count")
                .intValue())
        .isEqualTo(2);
    api.ask(
        "POST /queues/mail/subscriptions/main/dead/purge", "{\"ids\":[\"" + QueueApi.ID + "\"]}");
    assertThat(api.queues.asked)
        .containsExactly("redrive main []", "purge main [" + QueueApi.ID + "]");
  }

  @Test
  void consumersMayComeFromAnywhereIfThatIsSet() {
    api.endpoints = api.endpoints(ControlAccess.loopback(), Consumers.OPEN, CallbackRule.NONE);
    assertThat(
            api.askFrom(QueueApi.REMOTE, "POST /queues/mail/subscriptions/main/lease", "").status())
        .isEqualTo(204);
    assertThat(
            api.askFrom(QueueApi.REMOTE, "GET /queues/mail/subscriptions/main/dead", "").status())
        .isEqualTo(403);
  }

  @Test
  void aStreamGivesOutNoMoreThanWasAskedForUntilReceiptsComeBack() {
    for (int i = 0; i < 3; i++) {
      api.ask("POST /queues/mail/messages", "m" + i);
    }
    Answer answer = api.ask("GET /queues/mail/subscriptions/main/events?max=2", "");
    assertThat(answer.headers()).containsEntry("Content-Type", "text/event-stream");
    AnswerBody.Pieces pieces = (AnswerBody.Pieces) answer.content();
    String first = new String(pieces.next().toCompletableFuture().join(), UTF_8);
    assertThat(first)
        .startsWith("event: message\nid: 3.1.1.1\ndata: {\"id\":")
        .contains("\"body\":\"m0\"", "id: 3.2.1.1")
        .endsWith("\n\n");
    var second = pieces.next().toCompletableFuture();
    assertThat(second).isNotDone();
    api.ask("POST /queues/mail/subscriptions/main/acknowledge", "{\"receipts\":[\"3.1.1.1\"]}");
    assertThat(new String(second.join(), UTF_8)).contains("\"body\":\"m2\"", "id: 3.3.1.1");
    pieces.close();
    assertThat(pieces.next().toCompletableFuture().join()).isEmpty();
  }
}
