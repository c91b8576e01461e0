package dev.ringmaster.gateway;

import static dev.ringmaster.gateway.testing.ScriptedReplica.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What goes through a gateway, seen from both sides.
class PassingTest {
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
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      String answer = gateway.ask("GET /a?b=c HTTP/1.1\r\nHost: example.org\r\nX-Mine: 1\r\n\r\n");
      assertThat(answer)
          .startsWith("HTTP/1.1 201 Made\r\n")
          .contains("X-A: b")
          .endsWith("\r\n\r\nhi");
      assertThat(request())
          .startsWith("GET /a?b=c HTTP/1.1\r\n")
          .contains("Host: example.org\r\n", "X-Mine: 1\r\n", "X-Forwarded-For: 127.0.0.1\r\n");
    }
  }

  @Test
  void aConnectionToTheReplicaIsKeptFromOneClientToTheNext() throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      for (int i = 0; i < 5; i++) {
        assertThat(gateway.get("/")).endsWith("x");
      }
      assertThat(replica.connections()).isEqualTo(1);
    }
  }

  @Test
  void bodiesPassWholeInBothDirections() throws Exception {
    String body = "0123456789".repeat(30_000);
    try (var replica = replica(ok(body));
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()))) {
      String answer =
          gateway.ask(
              "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
      assertThat(answer).endsWith("\r\n\r\n" + body);
      assertThat(request()).endsWith("\r\n\r\n" + body);
    }
  }

  @Test
  void chunkedBodiesKeepTheirChunksAndTrailers() throws Exception {
    String chunks = "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n";
    String head = "Transfer-Encoding: chunked\r\n\r\n";
    try (var replica =
            ScriptedReplica.that(wire -> {
              String request = wire.head();
              seen.add(request + wire.bytes(chunks.length()));
              wire.send("HTTP/1.1 200 OK\r\n" + head + chunks);
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\n" + head + chunks);
      assertThat(client.head()).contains("Transfer-Encoding: chunked");
      assertThat(client.bytes(chunks.length())).isEqualTo(chunks);
      assertThat(request()).endsWith(chunks);
    }
  }

  @Test
  void anOldClientGetsAChunkedAnswerWithoutChunks() throws Exception {
    try (var replica =
            replica(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      String answer = client.send("GET / HTTP/1.0\r\n\r\n").rest();
      assertThat(answer).contains("Connection: close").doesNotContain("chunked");
      assertThat(answer).endsWith("\r\n\r\nabcde");
    }
  }

  @Test
  void anOldClientMayKeepItsConnection() throws Exception {
    try (var replica = replica(ok("1"), ok("2"));
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      String request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
      assertThat(client.send(request).message()).contains("Connection: keep-alive").endsWith("1");
      assertThat(client.send(request).message()).endsWith("2");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (var replica = replica(ok("1"), ok("2"), ok("3"));
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("GET /1 HTTP/1.1\r\nHost: t\r\n\r\n".repeat(3));
      assertThat(client.message()).endsWith("1");
      assertThat(client.message()).endsWith("2");
      assertThat(client.message()).endsWith("3");
    }
  }

  @Test
  void thousandsOfPipelinedRequestsNeedNoStack() throws Exception {
    try (var gateway = GatewayUnderTest.over(FakeFleet.at());
        Wire client = gateway.client()) {
      int count = 20_000;
      String requests = "GET / HTTP/1.1\r\nHost: t\r\n\r\n".repeat(count);
      Thread.ofVirtual().start(() -> client.sendQuietly(requests));
      for (int i = 0; i < count; i++) {
        assertThat(client.message()).startsWith("HTTP/1.1 503 ");
      }
    }
  }

  @Test
  void answersWithoutABodyLeaveTheConnectionInStep() throws Exception {
    try (var replica =
            replica(
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
                ok("end"));
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("HEAD / HTTP/1.1\r\nHost: t\r\n\r\n");
      assertThat(client.head()).contains("Content-Length: 1000");
      client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n".repeat(3));
      assertThat(client.head()).startsWith("HTTP/1.1 204");
      assertThat(client.head()).startsWith("HTTP/1.1 304");
      assertThat(client.message()).endsWith("end");
      assertThat(replica.connections()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatEndsWithItsConnectionDoesSoForTheClientToo() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send("HTTP/1.1 200 OK\r\n\r\nall of it");
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
      assertThat(client.rest()).contains("Connection: close").endsWith("\r\n\r\nall of it");
    }
  }

  @Test
  void theReplicaDecidesWhetherTheBodyShallCome() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              seen.add(wire.head());
              wire.send("HTTP/1.1 100 Continue\r\n\r\n");
              seen.add(wire.bytes(4));
              wire.send(ok("got it"));
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100 Continue");
      assertThat(client.send("body").message()).endsWith("got it");
      assertThat(request()).contains("Expect: 100-continue");
      assertThat(request()).isEqualTo("body");
    }
  }

  @Test
  void anAnswerBeforeTheEndOfTheRequestPassesAndClosesTheConnection() throws Exception {
    try (var replica =
            ScriptedReplica.that(wire -> {
              wire.head();
              wire.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
              wire.drain();
            });
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 100000\r\n\r\nfirst bytes");
      assertThat(client.message()).startsWith("HTTP/1.1 413").contains("Connection: close");
      client.send("more that nobody wants");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void aReplicasNotFoundBecomesTheClassicAnswerWhereThatIsAsked() throws Exception {
    try (var replica =
            replica("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope", ok("fine"));
        var gateway =
            GatewayUnderTest.over(
                FakeFleet.at(replica.port()), settings -> settings.withClassicAnswers(true));
        Wire client = gateway.client()) {
      String answer = client.send("GET /other HTTP/1.1\r\nHost: t\r\n\r\n").message();
      assertThat(answer).startsWith("HTTP/1.1 400 ");
      assertThat(answer)
          .endsWith(
              "{\"message\":\"<Error> '/other' endpoint does not exist in server replicas\","
                  + "\"status\":\"failure\"}");
      assertThat(client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").message()).endsWith("fine");
      assertThat(replica.connections()).isEqualTo(1);
    }
  }

  @Test
  void aRequestThatIsNotOneIsRefusedAndReachesNoReplica() throws Exception {
    try (var replica = replica(ok(""));
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 400 ").contains("Connection: close");
      assertThat(replica.connections()).isZero();
    }
  }

  @Test
  void aBodyThatIsNotOneIsRefused() throws Exception {
    try (var replica = ScriptedReplica.that(Wire::drain);
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 400 ").contains("Connection: close");
    }
  }
}
