package dev.ringmaster.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.AnswerBody;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths below a prefix, bodies as bytes, answers in pieces.
class OwnEndpointsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// Endpoints below `/own/` and at `/rep`, with bodies of 64 KiB below `/own/large`.
  private record Endpoints(Function<Question, Answer> answers) implements OwnEndpoints {
    @Override
    public Set<String> paths() {
      return Set.of("/rep");
    }

    @Override
    public Set<String> prefixes() {
      return Set.of("/own/");
    }

    @Override
    public int mostBodyBytes(String path) {
      return path.startsWith("/own/large") ? 64 << 10 : 16;
    }

    @Override
    public @Nullable Answer refusal(Question head) {
      return head.headers().containsKey("x-forbidden") ? Answer.json(403, "no") : null;
    }

    @Override
    public CompletionStage<Answer> answer(Question question) {
      return CompletableFuture.completedFuture(answers.apply(question));
    }
  }

  @Test
  void whoMayNotAskIsToldBeforeTheBodyComes() throws Exception {
    try (var gateway =
            GatewayUnderTest.answering(
                FakeFleet.at(), new Endpoints(question -> Answer.json(200, "asked")));
        Wire client = gateway.client()) {
      client.send(
          "POST /own/x HTTP/1.1\r\nHost: t\r\nX-Forbidden: 1\r\nContent-Length: 9\r\n"
              + "Expect: 100-continue\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 403 ").contains("Connection: close");
    }
  }

  /// Pieces that the test hands out.
  private static final class Given implements AnswerBody.Pieces {
    private final Queue<CompletableFuture<byte[]>> waiting = new ArrayDeque<>();
    private final Queue<String> ready = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public synchronized CompletionStage<byte[]> next() {
      asked.incrementAndGet();
      CompletableFuture<byte[]> piece = new CompletableFuture<>();
      String given = ready.poll();
      if (given == null) {
        waiting.add(piece);
      } else {
        piece.complete(given.getBytes(UTF_8));
      }
      return piece;
    }

    synchronized void give(String text) {
      CompletableFuture<byte[]> piece = waiting.poll();
      if (piece == null) {
        ready.add(text);
      } else {
        piece.complete(text.getBytes(UTF_8));
      }
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static Answer streaming(AnswerBody.Pieces pieces) {
    return new Answer(200, Map.of("Content-Type", "text/event-stream"), pieces);
  }

  private static GatewayUnderTest gateway(FakeFleet fleet, Function<Question, Answer> answers)
      throws IOException {
    return GatewayUnderTest.answering(fleet, new Endpoints(answers));
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: t\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"/own/", "/own/a", "/own/a/b?q=/x", "/rep"})
  void aPathBelowAPrefixIsAnsweredHere(String target) throws Exception {
    try (var gateway = gateway(FakeFleet.at(), asked -> Answer.json(200, asked.path()))) {
      String path = target.split("\\?", 2)[0];
      assertThat(gateway.get(target)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n" + path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/own", "/owned/a", "/x/own/a", "/rep/", "/%6Fwn/a", "/OWN/a"})
  void anyOtherPathIsTheReplicas(String target) throws Exception {
    try (var replica = ScriptedReplica.answering("replica");
        var gateway =
            gateway(FakeFleet.at(replica.port()), asked -> Answer.json(200, asked.path()))) {
      assertThat(gateway.get(target)).endsWith("\r\n\r\nreplica");
    }
  }

  @Test
  void bytesThatAreNoTextComeAndGoAsTheyAre() throws Exception {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    try (var gateway =
            gateway(FakeFleet.at(), asked -> new Answer(200, Map.of(), asked.content()));
        Wire client = gateway.client()) {
      client.send("POST /own/large HTTP/1.1\r\nHost: t\r\nContent-Length: 256\r\n\r\n").send(bytes);
      String answer = client.message();
      assertThat(answer.substring(answer.length() - 256).getBytes(ISO_8859_1)).isEqualTo(bytes);
    }
  }

  @Test
  void eachEndpointHasItsOwnLargestBody() throws Exception {
    try (var gateway =
        gateway(
            FakeFleet.at(), asked -> Answer.json(200, String.valueOf(asked.content().length)))) {
      String body = "x".repeat(20_000);
      String rest = " HTTP/1.1\r\nHost: t\r\nContent-Length: 20000\r\n\r\n" + body;
      assertThat(gateway.ask("POST /own/large" + rest)).endsWith("\r\n\r\n20000");
      assertThat(gateway.ask("POST /own/small" + rest))
          .startsWith("HTTP/1.1 413")
          .contains("larger than 16 bytes");
    }
  }

  @Test
  void anAnswerWithoutContentSaysNoLength() throws Exception {
    try (var gateway = gateway(FakeFleet.at(), _ -> new Answer(204, Map.of(), ""));
        Wire client = gateway.client()) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(get("/own/empty")).head())
            .startsWith("HTTP/1.1 204 No Content\r\n")
            .doesNotContain("Content-Length");
      }
    }
  }

  @Test
  void piecesAreSentAsTheyCome() throws Exception {
    Given pieces = new Given();
    try (var gateway = gateway(FakeFleet.at(), _ -> streaming(pieces));
        Wire client = gateway.client()) {
      assertThat(client.send(get("/own/events")).head())
          .contains("Content-Type: text/event-stream\r\n")
          .contains("Transfer-Encoding: chunked\r\n");
      pieces.give("data: 1\n\n");
      assertThat(client.bytes(14)).isEqualTo("9\r\ndata: 1\n\n\r\n");
      pieces.give("data: 23456789\n\n");
      assertThat(client.bytes(22)).isEqualTo("10\r\ndata: 23456789\n\n\r\n");
      assertThat(pieces.closed).hasValue(0);
      pieces.give("");
      assertThat(client.bytes(5)).isEqualTo("0\r\n\r\n");
      assertThat(pieces.closed).hasValue(1);
      assertThat(client.send(get("/own/events")).head()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void anOldClientGetsThePiecesWithoutChunks() throws Exception {
    Given pieces = new Given();
    pieces.give("one,");
    pieces.give("two");
    pieces.give("");
    try (var gateway = gateway(FakeFleet.at(), _ -> streaming(pieces));
        Wire client = gateway.client()) {
      assertThat(client.send("GET /own/events HTTP/1.0\r\n\r\n").rest())
          .doesNotContain("Transfer-Encoding")
          .endsWith("\r\n\r\none,two");
    }
  }

  @Test
  void aHeadOfPiecesAsksForNone() throws Exception {
    Given pieces = new Given();
    try (var gateway = gateway(FakeFleet.at(), _ -> streaming(pieces));
        Wire client = gateway.client()) {
      String head = "HEAD /own/events HTTP/1.1\r\nHost: t\r\n\r\n";
      assertThat(client.send(head).head()).contains("Transfer-Encoding: chunked");
      assertThat(client.send(head).head()).contains("Transfer-Encoding: chunked");
      assertThat(pieces.closed).hasValue(2);
      assertThat(pieces.asked).hasValue(0);
    }
  }

  @Test
  void whoMakesThePiecesHearsThatTheClientLeft() throws Exception {
    Given pieces = new Given();
    try (var gateway = gateway(FakeFleet.at(), _ -> streaming(pieces))) {
      try (Wire client = gateway.client()) {
        client.send(get("/own/events")).head();
        pieces.give("x");
        client.bytes(6);
      }
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(pieces.closed).hasValue(1));
      pieces.give("late");
    }
    assertThat(pieces.closed).hasValue(1);
  }

  @Test
  void aClientThatTakesNothingHoldsThePiecesBack() throws Exception {
    String large = "y".repeat(1 << 20);
    AtomicInteger asked = new AtomicInteger();
    AnswerBody.Pieces endless =
        new AnswerBody.Pieces() {
          @Override
          public CompletionStage<byte[]> next() {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(large.getBytes(UTF_8));
          }

          @Override
          public void close() {}
        };
    try (var gateway = gateway(FakeFleet.at(), _ -> streaming(endless));
        Wire client = Wire.to(gateway.port(), 4096)) {
      client.send(get("/own/events")).head();
      await()
          .during(Duration.ofMillis(300))
          .atMost(PATIENCE)
          .until(asked::get, count -> count == asked.get());
      assertThat(asked).hasValueLessThan(32);
      int held = asked.get();
      client.skip(40 << 20);
      assertThat(asked).hasValueGreaterThan(held);
    }
  }

  @Test
  void aDefectInAPieceCutsTheAnswer() throws Exception {
    AnswerBody.Pieces broken =
        new AnswerBody.Pieces() {
          @Override
          public CompletionStage<byte[]> next() {
            return CompletableFuture.failedFuture(new IllegalStateException("for this test"));
          }

          @Override
          public void close() {}
        };
    try (var gateway = gateway(FakeFleet.at(), _ -> streaming(broken));
        Wire client = gateway.client()) {
      assertThat(client.send(get("/own/events")).rest()).endsWith("\r\n\r\n");
    }
  }

  @Test
  void aStreamEndsInGoodOrderWhenTheGatewayDoes() throws Exception {
    Given pieces = new Given();
    try (var gateway = gateway(FakeFleet.at(), _ -> streaming(pieces));
        Wire client = gateway.client()) {
      client.send(get("/own/events")).head();
      Thread closing = Thread.ofVirtual().start(gateway::close);
      assertThat(client.rest()).isEqualTo("0\r\n\r\n");
      closing.join();
      assertThat(pieces.closed).hasValue(1);
    }
  }

  @Test
  void piecesPassThroughHttp2() throws Exception {
    Given pieces = new Given();
    pieces.give("one,");
    pieces.give("two");
    pieces.give("");
    try (var gateway = gateway(FakeFleet.at(), _ -> streaming(pieces));
        Http2Client client = Http2Client.to(gateway.port())) {
      var answer = client.open().get("/own/events").answer();
      assertThat(answer.body()).isEqualTo("one,two");
    }
  }
}
