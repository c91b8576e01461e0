package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queues of the running program, as a stranger with an HTTP client uses them.
class QueueIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINES = "application/x-ndjson";

  @TempDir Path directory;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpResponse<String> ask(
      RunningRingmaster running, String request, String body, String... headers)
      throws IOException, InterruptedException {
    String[] parts = request.split(" ", 2);
    URI uri = URI.create(running.traffic() + parts[1]);
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(uri)
            .timeout(RunningRingmaster.PATIENCE)
            .method(parts[0], BodyPublishers.ofString(body));
    if (headers.length > 0) {
      asked.headers(headers);
    }
    return http.send(asked.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  @Test
  void aRequestThatPrefersNotToWaitBecomesAMessage() throws Exception {
    try (SequenceServer replica = SequenceServer.start();
        RunningRingmaster running =
            RunningRingmaster.start(
                directory, "--targets", replica.address(), "--key", "header:X-User")) {
      HttpResponse<String> sent =
          ask(
              running,
              "PUT /jobs/7?x=1",
              "do it",
              "Prefer",
              "respond-async, return=minimal",
              "X-User",
              "ann");
      assertThat(sent.statusCode()).isEqualTo(202);
      assertThat(sent.headers().firstValue("preference-applied")).hasValue("respond-async");
      String status = sent.headers().firstValue("location").orElseThrow();
      assertThat(status).isEqualTo("/queues/web/messages/" + json(sent).path("id").asText());
      JsonNode ended = json(ask(running, "GET " + status + "?wait=30s", ""));
      assertThat(ended.path("state").textValue()).isEqualTo("done");
      assertThat(ended.path("answer").path("body").textValue()).isEqualTo("taken");
      assertThat(replica.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.line()).isEqualTo("PUT /jobs/7?x=1");
            assertThat(request.body()).isEqualTo("do it");
            assertThat(request.header("Prefer")).isEqualTo("return=minimal");
            assertThat(request.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
          });
      assertThat(
              ask(running, "POST /", "x", "Prefer", "respond-async", "Queue-Not-Before", "soon")
                  .statusCode())
          .isEqualTo(400);
      assertThat(
              ask(
                      running,
                      "POST /",
                      "x",
                      "Prefer",
                      "respond-async",
                      "Queue-Callback",
                      "http://127.0.0.1/")
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void aMessageReachesAReplicaAndItsAnswerIsKept() throws Exception {
    try (SequenceServer replica = SequenceServer.start();
        RunningRingmaster running =
            RunningRingmaster.start(directory, "--targets", replica.address())) {
      assertThat(directory.resolve("data/queue.db")).doesNotExist();
      assertThat(ask(running, "PUT /queues/mail", "{\"service\":\"web\",\"path\":\"/in?a=b\"}"))
          .matches(put -> put.statusCode() == 201);
      HttpResponse<String> sent =
          ask(
              running,
              "POST /queues/mail/messages",
              "Hello",
              "Queue-Key",
              "ann",
              "Content-Type",
              "text/plain",
              "X-Trace",
              "t1");
      assertThat(sent.statusCode()).isEqualTo(202);
      String status = sent.headers().firstValue("location").orElseThrow();
      JsonNode ended = json(ask(running, "GET " + status + "?wait=30s", ""));
      assertThat(ended.path("state").textValue()).isEqualTo("done");
      assertThat(ended.path("attempts").intValue()).isEqualTo(1);
      assertThat(ended.path("answer").path("body").textValue()).isEqualTo("taken");
      assertThat(replica.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /in?a=b");
            assertThat(request.body()).isEqualTo("Hello");
            assertThat(request.header("Content-Type")).isEqualTo("text/plain");
            assertThat(request.header("X-Trace")).isEqualTo("t1");
            assertThat(request.header("Queue-Attempt")).isEqualTo("1");
            assertThat(request.header("Queue-Seq")).isNotEmpty();
            assertThat(request.header("Queue-Epoch")).isEqualTo("1");
            assertThat(request.header("Queue-Shard")).isEqualTo(ended.path("shard").asText());
            assertThat(request.header("Idempotency-Key")).isNotEmpty();
          });
    }
  }

  @Test
  void messagesOfAKeyAreDeliveredInTheirOrderAlsoAcrossAKill() throws Exception {
    try (SequenceServer replica = SequenceServer.start()) {
      try (RunningRingmaster running =
          RunningRingmaster.start(directory, "--targets", replica.address())) {
        ask(running, "PUT /queues/mail", "{\"service\":\"web\"}");
        ask(running, "POST /queues/mail/pause", "");
        for (int i = 0; i < 20; i++) {
          String key = i % 2 == 0 ? "ann" : "ben";
          assertThat(ask(running, "POST /queues/mail/messages", key + i, "Queue-Key", key))
              .matches(sent -> sent.statusCode() == 202);
        }
        kill(running);
      }
      assertThat(replica.requests()).isEmpty();
      try (RunningRingmaster again =
          RunningRingmaster.start(directory, "--targets", replica.address())) {
        assertThat(json(ask(again, "GET /queues/mail", "")).path("paused").booleanValue()).isTrue();
        ask(again, "POST /queues/mail/resume", "");
        await()
            .atMost(RunningRingmaster.PATIENCE)
            .untilAsserted(() -> assertThat(replica.requests()).hasSize(20));
        for (String key : List.of("ann", "ben")) {
          List<String> bodies = new ArrayList<>();
          replica.requests().stream()
              .map(SequenceServer.Seen::body)
              .filter(body -> body.startsWith(key))
              .forEach(bodies::add);
          List<String> sorted = new ArrayList<>(bodies);
          sorted.sort((a, b) -> Integer.compare(number(a), number(b)));
          assertThat(bodies).isEqualTo(sorted);
        }
      }
    }
  }

  /// Ends Ringmaster at once; its replicas are no processes of its own.
  private static void kill(RunningRingmaster running) {
    running.process().destroyForcibly();
    await().atMost(RunningRingmaster.PATIENCE).until(() -> !running.process().isAlive());
  }

  private static int number(String body) {
    return Integer.parseInt(body.substring(3));
  }

  @Test
  void aBatchIsKeptAsAWholeOrNotAtAll() throws Exception {
    try (RunningRingmaster running = RunningRingmaster.start(directory, "--replicas", "1")) {
      ask(running, "PUT /queues/ev", "");
      HttpResponse<String> wrong =
          ask(
              running,
              "POST /queues/ev/messages",
              "{\"body\":\"1\"}\n{\"bdy\":\"2\"}\n",
              "Content-Type",
              LINES);
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body()).contains("line 2: unknown member 'bdy'");
      assertThat(lease(running, "main", "{\"wait\":\"100ms\"}").statusCode()).isEqualTo(204);
      ask(
          running,
          "POST /queues/ev/messages",
          "{\"key\":\"a\",\"body\":\"1\"}\n{\"key\":\"a\",\"body\":\"2\"}\n{\"key\":\"b\",\"body\":\"3\"}",
          "Content-Type",
          LINES);
      JsonNode first = json(lease(running, "main", "{\"max\":10,\"wait\":\"10s\"}"));
      assertThat(first.path("messages")).hasSizeBetween(1, 2);
    }
  }

  private HttpResponse<String> lease(RunningRingmaster running, String cursor, String terms)
      throws IOException, InterruptedException {
    return ask(running, "POST /queues/ev/subscriptions/" + cursor + "/lease", terms);
  }

  @Test
  void subscriptionsAreCursorsOfTheirOwn() throws Exception {
    try (RunningRingmaster running = RunningRingmaster.start(directory, "--replicas", "1")) {
      ask(running, "PUT /queues/ev", "{\"shards\":4}");
      ask(running, "POST /queues/ev/messages", "before", "Queue-Key", "k");
      ask(running, "PUT /queues/ev/subscriptions/billing", "");
      ask(running, "POST /queues/ev/messages", "after", "Queue-Key", "k");
      assertThat(next(running, "main")).isEqualTo("before");
      assertThat(next(running, "billing")).isEqualTo("after");
      assertThat(next(running, "main")).isEqualTo("after");
      assertThat(lease(running, "billing", "{\"wait\":\"100ms\"}").statusCode()).isEqualTo(204);
    }
  }

  /// Leases one message, gives it back once, leases it again, acknowledges it.
  private String next(RunningRingmaster running, String cursor) throws Exception {
    String at = "POST /queues/ev/subscriptions/" + cursor;
    JsonNode first = json(lease(running, cursor, "{\"wait\":\"30s\"}")).path("messages").get(0);
    String early = "{\"receipts\":[\"" + first.path("receipt").textValue() + "\"]}";
    assertThat(ask(running, at + "/release", early).statusCode()).isEqualTo(200);
    JsonNode again = json(lease(running, cursor, "{\"wait\":\"30s\"}")).path("messages").get(0);
    assertThat(again.path("id")).isEqualTo(first.path("id"));
    HttpResponse<String> late = ask(running, at + "/acknowledge", early);
    assertThat(late.statusCode()).isEqualTo(409);
    String right = "{\"receipts\":[\"" + again.path("receipt").textValue() + "\"]}";
    assertThat(ask(running, at + "/acknowledge", right).statusCode()).isEqualTo(200);
    assertThat(ask(running, at + "/acknowledge", right).statusCode()).isEqualTo(409);
    return again.path("body").textValue();
  }

  @Test
  void whatARefusesIsDeadAndCanBeRedriven() throws Exception {
    try (SequenceServer replica = SequenceServer.start();
        RunningRingmaster running =
            RunningRingmaster.start(directory, "--targets", replica.address())) {
      replica.answerWith(400);
      ask(running, "PUT /queues/mail", "{\"service\":\"web\"}");
      HttpResponse<String> sent = ask(running, "POST /queues/mail/messages", "poison");
      String status = sent.headers().firstValue("location").orElseThrow();
      JsonNode ended = json(ask(running, "GET " + status + "?wait=30s", ""));
      assertThat(ended.path("state").textValue()).isEqualTo("dead");
      assertThat(ended.path("reason").textValue()).contains("400");
      String dead = "/queues/mail/subscriptions/main/dead";
      assertThat(json(ask(running, "GET " + dead, "")).path("dead").get(0).path("body").textValue())
          .isEqualTo("poison");
      replica.answerWith(200);
      assertThat(json(ask(running, "POST " + dead + "/redrive", "{\"all\":true}")).toString())
          .isEqualTo("{\"count\":1}");
      assertThat(json(ask(running, "GET " + status + "?wait=30s", "")).path("state").textValue())
          .isEqualTo("done");
      assertThat(json(ask(running, "GET " + dead, "")).path("dead")).isEmpty();
    }
  }

  @Test
  void theClassicNamesSurviveARestart() throws Exception {
    String producer;
    String consumer;
    try (RunningRingmaster running =
        RunningRingmaster.start(directory, "--replicas", "1", "--classic-queue", "true")) {
      assertThat(ask(running, "POST /topics", "{\"name\":\"news\"}").body()).contains("success");
      producer =
          json(ask(running, "POST /producer/register", "{\"topic\":\"news\"}"))
              .path("producer_id")
              .asText();
      consumer =
          json(ask(running, "POST /consumer/register", "{\"topic\":\"news\"}"))
              .path("consumer_id")
              .asText();
      for (int i = 0; i < 6; i++) {
        produce(running, producer, "m" + i);
      }
      assertThat(size(running, consumer)).isEqualTo(6);
      assertThat(consume(running, consumer)).isEqualTo("\"m0\"");
      running.kill();
    }
    try (RunningRingmaster again =
        RunningRingmaster.start(directory, "--replicas", "1", "--classic-queue", "true")) {
      assertThat(json(ask(again, "GET /topics", "")).path("topics").toString())
          .isEqualTo("[\"news\"]");
      produce(again, producer, "m6");
      for (int i = 1; i < 7; i++) {
        assertThat(consume(again, consumer)).isEqualTo("\"m" + i + "\"");
      }
      assertThat(consume(again, consumer)).isEqualTo("null");
      assertThat(size(again, consumer)).isZero();
    }
  }

  private void produce(RunningRingmaster running, String producer, String message)
      throws IOException, InterruptedException {
    String body =
        "{\"topic\":\"news\",\"producer_id\":" + producer + ",\"message\":\"" + message + "\"}";
    assertThat(ask(running, "POST /producer/produce", body).body())
        .isEqualTo("{\"status\":\"success\"}");
  }

  private String consume(RunningRingmaster running, String consumer)
      throws IOException, InterruptedException {
    String query = "?topic=news&consumer_id=" + consumer;
    JsonNode said = json(ask(running, "GET /consumer/consume" + query, ""));
    assertThat(said.path("status").textValue()).isEqualTo("success");
    return said.path("message").toString();
  }

  private long size(RunningRingmaster running, String consumer)
      throws IOException, InterruptedException {
    String query = "?topic=news&consumer_id=" + consumer;
    return json(ask(running, "GET /size" + query, "")).path("size").longValue();
  }

  @Test
  void queuesOfTheFileAreThereAndAReloadChangesThem() throws Exception {
    Files.writeString(directory.resolve("ringmaster.yaml"), "queues: { ev: { shards: 4 } }\n");
    try (RunningRingmaster running = RunningRingmaster.start(directory, "--replicas", "1")) {
      JsonNode before = json(ask(running, "GET /queues/ev", "")).path("terms");
      assertThat(before.path("shards").intValue()).isEqualTo(4);
      ask(running, "POST /queues/ev/messages", "kept");
      Files.writeString(
          directory.resolve("ringmaster.yaml"),
          "queues: { ev: { shards: 4, limits: { messages: 1 } }, more: }\n");
      HttpResponse<String> reloaded = running.command("/api/reload", "");
      assertThat(reloaded.body()).contains("queue ev: other terms", "queue more: added");
      assertThat(ask(running, "GET /queues/more", "").statusCode()).isEqualTo(200);
      HttpResponse<String> full = ask(running, "POST /queues/ev/messages", "one too many");
      assertThat(full.statusCode()).isEqualTo(429);
      assertThat(full.headers().firstValue("retry-after")).isPresent();
      assertThat(json(lease(running, "main", "{\"wait\":\"30s\"}")).toString()).contains("kept");
    }
  }

  @Test
  void withoutTheQueueItsPathsAreTheReplicas() throws Exception {
    try (SequenceServer replica = SequenceServer.start();
        RunningRingmaster running =
            RunningRingmaster.start(
                directory, "--targets", replica.address(), "--queue", "false")) {
      assertThat(ask(running, "GET /queues", "").body()).isEqualTo("taken");
    }
  }

  @Test
  void theCommandLineShowsAndSends() throws Exception {
    try (RunningRingmaster running = RunningRingmaster.start(directory, "--replicas", "1")) {
      String console = running.console().toString();
      assertThat(queue(console, "ls")).isEqualTo("There are no queues.\n");
      assertThat(queue(console, "put", "ev", "{\"shards\":4}")).startsWith("ev: 4 shards");
      assertThat(queue(console, "send", "ev", "Hello", "--key", "ann")).contains(" in shard ");
      await()
          .untilAsserted(
              () -> assertThat(queue(console, "stat", "ev", "--shards")).contains("SLOTS"));
      assertThat(queue(console, "split", "ev", "0")).startsWith("ev: 5 shards");
      assertThat(queue(console, "merge", "ev", "4", "0")).startsWith("ev: 4 shards");
      assertThat(queue(console, "pause", "ev")).startsWith("ev (paused)");
      assertThat(queue(console, "resume", "ev")).startsWith("ev: 4 shards");
      assertThat(queue(console, "dead", "ev")).isEqualTo("There are no dead messages.\n");
      assertThat(queue(console, "purge", "ev", "--all")).isEqualTo("0 messages.\n");
      assertThat(queue(console, "rm", "ev")).isEqualTo("Removed ev.\n");
    }
  }

  private String queue(String console, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("queue"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--console", console));
    Program.Outcome outcome = Program.run(directory, all.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out();
  }
}
