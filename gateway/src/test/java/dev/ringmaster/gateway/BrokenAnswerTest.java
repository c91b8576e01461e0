package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.gateway.settings.AccessLogTarget;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A replica whose answers are no answers: each is a 502 with a note in the access log and a count,
/// and its connection is not used again.
class BrokenAnswerTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n";
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  @TempDir Path directory;

  /// A name, the bytes the replica answers with, and the note in the log.
  static List<Arguments> brokenAnswers() {
    String garbage = "a replica's answer is not valid HTTP";
    String early = "a replica broke the connection";
    return List.of(
        Arguments.of("garbage", "\u0000\u0001\u0002garbage\r\n\r\n", garbage),
        Arguments.of("another protocol", "SSH-2.0-server\r\n\r\n", garbage),
        Arguments.of("no status", "HTTP/1.1 OK\r\n\r\n", garbage),
        Arguments.of(
            "two lengths", HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", garbage),
        Arguments.of(
            "length and chunks",
            HEAD + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            garbage),
        Arguments.of("a folded line", HEAD + "X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n", garbage),
        Arguments.of("headers without an end", HEAD + "X: " + "y".repeat(70_000) + "\r\n", garbage),
        Arguments.of(
            "too many headers",
            HEAD + "X-A: b\r\n".repeat(2_000) + "Content-Length: 0\r\n\r\n",
            garbage),
        Arguments.of(
            "a protocol nobody asked for",
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
            garbage),
        Arguments.of("half a head", "HTTP/1.1 200 OK\r\nContent-Le", early),
        Arguments.of("nothing", "", early));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenAnswers")
  void isA502WithItsReason(String name, String answer, String note) throws Exception {
    Path log = directory.resolve("access.log");
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send(answer);
            });
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                settings -> settings.withAccessLog(AccessLogTarget.File.of(log)))) {
      assertThat(gateway.ask(POST)).startsWith("HTTP/1.1 502 ").contains(note, "failure");
      assertThat(replica.connections()).isEqualTo(1);
      await()
          .untilAsserted(() -> {
            var seat = gateway.gateway().totals().services().getFirst().seats().getFirst();
            assertThat(seat.byStatusClass()).containsExactly(0L, 0L, 0L, 0L, 1L);
          });
      await()
          .untilAsserted(() ->
              assertThat(Files.readString(log)).contains("\"status\":502").contains("\"note\":\""));
      assertThat(gateway.fleet().symptoms())
          .contains(note.contains("broke") ? Symptom.BROKEN : Symptom.GARBAGE);
    }
  }

  @Test
  void theConnectionOfABrokenAnswerIsNotUsedAgain() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              String request = wire.message();
              wire.send(request.startsWith("GET /broken") ? "nonsense\r\n\r\n" : ok("fine"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      assertThat(gateway.get("/broken")).startsWith("HTTP/1.1 502 ");
      await().until(() -> replica.closed() == 1);
      assertThat(gateway.get("/")).endsWith("fine");
      assertThat(replica.connections()).isEqualTo(2);
    }
  }

  @Test
  void bytesBehindAnAnswerCostItsConnectionAndNobodyGetsThem() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send(ok("first") + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      assertThat(gateway.get("/1")).endsWith("first");
      assertThat(gateway.get("/2")).endsWith("first");
      assertThat(replica.connections()).isEqualTo(2);
    }
  }

  @Test
  void halfABodyCutsTheClientSoThatItCannotTakeItForAWholeOne() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send(HEAD + "Content-Length: 100\r\n\r\nhalf");
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = gateway.client()) {
      assertThat(client.send(POST).rest()).contains("Content-Length: 100").endsWith("half");
      assertThat(gateway.fleet().symptoms()).contains(Symptom.BROKEN);
    }
  }

  @Test
  void interimAnswersWithoutAnEndAreA502() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send("HTTP/1.1 102 Processing\r\n\r\n".repeat(50));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = gateway.client()) {
      String answer = client.send(POST).message();
      int interim = 0;
      while (answer.startsWith("HTTP/1.1 102 ")) {
        interim++;
        answer = client.message();
      }
      assertThat(answer).startsWith("HTTP/1.1 502 ");
      assertThat(interim).isLessThan(50);
      await().until(() -> replica.closed() == 1);
    }
  }

  @Test
  void aBadChunkAfterGoodOnesCutsTheClient() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.message();
              wire.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n");
              goOn.await();
              wire.send("zz\r\n");
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = gateway.client()) {
      assertThat(client.send(POST).head()).startsWith("HTTP/1.1 200 ");
      assertThat(client.bytes(9)).isEqualTo("4\r\ngood\r\n");
      goOn.countDown();
      assertThat(client.rest()).isEmpty();
      assertThat(gateway.fleet().symptoms()).contains(Symptom.GARBAGE);
      await().until(() -> replica.closed() == 1);
    }
  }
}
