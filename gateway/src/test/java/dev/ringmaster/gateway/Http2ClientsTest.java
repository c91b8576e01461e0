package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.Http2Client.Stream;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Requests that come by HTTP/2, seen from both sides.
class Http2ClientsTest {
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private ScriptedReplica replica(String... answers) throws Exception {
    return ScriptedReplica.that(wire -> {
      for (String answer : answers) {
        seen.add(wire.message());
        wire.send(answer);
      }
      wire.drain();
    });
  }

  private String request() throws Exception {
    String request = seen.poll(20, TimeUnit.SECONDS);
    assertThat(request).as("what reached the replica").isNotNull();
    return request;
  }

  @Test
  void aRequestAndItsAnswerPassWithTheirHeaders() throws Exception {
    try (var replica = replica("HTTP/1.1 201 Made\r\nX-A: b\r\nContent-Length: 2\r\n\r\nhi");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var answer = client.open().get("/a?b=c", "x-mine", "1").answer();
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.fields()).containsEntry("x-a", "b").containsEntry("via", "1.1 ringmaster");
      assertThat(answer.fields()).doesNotContainKeys("connection", "transfer-encoding");
      assertThat(answer.body()).isEqualTo("hi");
      assertThat(request())
          .startsWith("GET /a?b=c HTTP/1.1\r\nhost: test\r\nx-mine: 1\r\n")
          .contains("X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-Proto: http\r\n");
    }
  }

  @Test
  void aBodyOfUnknownLengthIsChunkedForTheReplica() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              String head = wire.head();
              seen.add(head + wire.bytes("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n".length()));
              wire.send(ok("got it"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().send(Stream.head("POST", "/"), false);
      stream.data("hello", false).data("!", true);
      assertThat(stream.answer().body()).isEqualTo("got it");
      assertThat(request())
          .contains("transfer-encoding: chunked\r\n")
          .endsWith("\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n");
    }
  }

  @Test
  void aBodyOfKnownLengthPassesAsItIs() throws Exception {
    try (var replica = replica(ok("1"), ok("2"));
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var head = Stream.head("PUT", "/", "content-length", "6");
      assertThat(
              client.open().send(head, false).data("abc", false).data("def", true).answer().body())
          .isEqualTo("1");
      assertThat(request()).contains("content-length: 6\r\n").endsWith("\r\n\r\nabcdef");
      assertThat(client.open().send(Stream.head("POST", "/"), true).answer().body()).isEqualTo("2");
      assertThat(request()).contains("content-length: 0\r\n");
    }
  }

  @Test
  void trailersPassBothWays() throws Exception {
    String body = "5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n";
    try (var replica =
            ScriptedReplica.that(wire -> {
              String head = wire.head();
              seen.add(head + wire.bytes(body.length()));
              wire.send(
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Grpc-Status\r\n\r\n"
                      + "3\r\nabc\r\n0\r\nGrpc-Status: 0\r\nGrpc-Message: fine \r\n\r\n");
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().send(Stream.head("POST", "/", "te", "trailers"), false);
      stream.data("hello", false).trailers("x-sum", "1");
      var answer = stream.answer();
      assertThat(answer.body()).isEqualTo("abc");
      assertThat(answer.trailers())
          .containsOnly(entry("grpc-status", "0"), entry("grpc-message", "fine"));
      assertThat(request()).contains("TE: trailers\r\n").endsWith("\r\n\r\n" + body);
    }
  }

  @Test
  void crumbsOfCookiesAreJoined() throws Exception {
    try (var replica = replica(ok(""));
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().get("/", "cookie", "a=1", "x", "y", "cookie", "b=2");
      assertThat(stream.answer().status()).isEqualTo(200);
      assertThat(request()).contains("cookie: a=1; b=2\r\n");
    }
  }

  @Test
  void answersWithoutABodyEndTheirStream() throws Exception {
    try (var replica =
            replica(
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var head = client.open().send(Stream.head("HEAD", "/"), true).answer();
      assertThat(head.fields()).containsEntry("content-length", "1000");
      assertThat(head.body()).isEmpty();
      assertThat(client.open().get("/").answer().status()).isEqualTo(204);
      assertThat(client.open().get("/").answer().status()).isEqualTo(304);
      assertThat(replica.connections()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatEndsWithItsConnectionEndsItsStream() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send("HTTP/1.1 200 OK\r\n\r\nall of it");
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var answer = client.open().get("/").answer();
      assertThat(answer.body()).isEqualTo("all of it");
      assertThat(answer.error()).isEqualTo(-1);
    }
  }

  @Test
  void theReplicaDecidesWhetherTheBodyShallCome() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send("HTTP/1.1 100 Continue\r\n\r\n");
              wire.bytes(4);
              wire.send(ok("got it"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var head = Stream.head("PUT", "/", "expect", "100-continue", "content-length", "4");
      var stream = client.open().send(head, false);
      await().until(() -> stream.interim().contains(100));
      assertThat(stream.data("body", true).answer().body()).isEqualTo("got it");
    }
  }

  @Test
  void anAnswerBeforeTheEndOfTheRequestStopsTheRequest() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().send(Stream.head("POST", "/"), false).data("some", false);
      var answer = stream.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).isEqualTo("big");
      await().until(() -> stream.error() == Http2Error.NO_ERROR.code());
    }
  }

  @Test
  void aClientThatResetsItsStreamHasLeft() throws Exception {
    var left = new CountDownLatch(1);
    try (var replica =
            ScriptedReplica.that(wire -> {
              seen.add(wire.head());
              wire.drain();
              left.countDown();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().get("/");
      request();
      stream.reset(Http2Error.CANCEL);
      assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
      await().until(() -> gateway.gateway().totals().inFlight() == 0);
    }
  }

  @Test
  void halfAnAnswerIsResetSoThatItIsNotTakenForTheWhole() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      assertThat(client.open().get("/").answer().error())
          .isEqualTo(Http2Error.INTERNAL_ERROR.code());
    }
  }

  @Test
  void whatRingmasterAnswersItselfIsAnsweredHereToo() throws Exception {
    try (var gateway = GatewayUnderTest.over(FakeFleet.at());
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().send(Stream.head("POST", "/rep"), false).data("{}", true);
      assertThat(stream.answer().body()).isEqualTo("POST /rep {}");
      assertThat(client.open().get("/").answer().status()).isEqualTo(503);
    }
  }

  @Test
  void manyStreamsShareAConnection() throws Exception {
    try (var replica = ScriptedReplica.answering("x".repeat(20_000));
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      List<Stream> streams = new ArrayList<>();
      for (int i = 0; i < 90; i++) {
        streams.add(client.open().get("/" + i));
      }
      for (Stream stream : streams) {
        assertThat(stream.answer().body()).hasSize(20_000);
      }
      assertThat(gateway.gateway().totals().connections()).isEqualTo(1);
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsItsReplicaBackAndNobodyElse() throws Exception {
    int size = 8 << 20;
    try (var replica = ScriptedReplica.answering("x".repeat(size));
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var slow = client.open().reading(false).get("/slow");
      assertThat(client.open().get("/quick").answer().body()).hasSize(size);
      assertThat(slow.received()).isZero();
      assertThat(slow.reading(true).answer().body()).hasSize(size);
    }
  }

  @Test
  void aReplicaThatDoesNotReadHoldsItsClientBackAndNobodyElse() throws Exception {
    var released = new CountDownLatch(1);
    String content = "y".repeat(16_000);
    try (var replica =
            ScriptedReplica.that(wire -> {
              String head = wire.head();
              if (head.startsWith("PUT /slow")) {
                released.await();
                wire.skip(Wire.contentLength(head));
              }
              wire.send(ok("done"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      int frames = 2_000;
      String length = Integer.toString(frames * content.length());
      var slow = client.open().send(Stream.head("PUT", "/slow", "content-length", length), false);
      for (int i = 0; i < frames; i++) {
        slow.data(content, i == frames - 1);
      }
      assertThat(client.open().get("/quick").answer().body()).isEqualTo("done");
      assertThat(slow.writable()).isFalse();
      released.countDown();
      assertThat(slow.answer().body()).isEqualTo("done");
    }
  }

  @Test
  void aGatewayThatClosesSaysGoAwayAndEndsTheAnswersUnderWay() throws Exception {
    var go = new CountDownLatch(1);
    try (var replica =
            ScriptedReplica.that(wire -> {
              seen.add(wire.message());
              go.await();
              wire.send(ok("at last"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().get("/");
      request();
      Thread closing = Thread.ofVirtual().start(() -> gateway.gateway().close());
      assertThat(client.toldToGo()).isTrue();
      go.countDown();
      assertThat(stream.answer().body()).isEqualTo("at last");
      assertThat(client.closed()).isTrue();
      closing.join();
    }
  }

  @Test
  void aConnectionWithoutStreamsIsClosedAfterAWhile() throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway =
            GatewayUnderTest.listening(
                FakeFleet.at(replica.port()),
                settings ->
                    settings.withTimeouts(settings.timeouts().withIdle(Duration.ofMillis(300))));
        var client = Http2Client.to(gateway.port())) {
      assertThat(client.open().get("/").answer().body()).isEqualTo("x");
      assertThat(client.toldToGo()).isTrue();
      assertThat(client.closed()).isTrue();
    }
  }
}
