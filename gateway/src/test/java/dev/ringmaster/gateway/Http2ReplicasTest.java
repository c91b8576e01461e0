package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.ringmaster.gateway.settings.ReplicaLink;
import dev.ringmaster.gateway.settings.ReplicaLink.Protocol;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.Http2Client.Stream;
import dev.ringmaster.gateway.testing.Http2Server;
import dev.ringmaster.gateway.testing.Wire;
import org.junit.jupiter.api.Test;

/// Replicas that are spoken to by HTTP/2.
class Http2ReplicasTest {
  private static GatewayUnderTest gateway(Http2Server... replicas) throws Exception {
    int[] ports = new int[replicas.length];
    for (int i = 0; i < ports.length; i++) {
      ports[i] = replicas[i].port();
    }
    return GatewayUnderTest.over(
        FakeFleet.at(ports),
        settings -> settings.withLink(ReplicaLink.PLAIN.withProtocol(Protocol.HTTP2)));
  }

  @Test
  void aClientOfHttp1IsServedByThem() throws Exception {
    try (var replica = Http2Server.plain();
        var gateway = gateway(replica);
        Wire client = gateway.client()) {
      for (int i = 0; i < 3; i++) {
        client.send("POST /a?b HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello");
        String head = client.head();
        assertThat(head).startsWith("HTTP/1.1 200").contains("x-by: h2", "chunked");
        String body = client.upTo("grpc-status: 0\r\n\r\n");
        assertThat(body).contains("hello").contains("bye");
      }
      var seen = replica.heads().element();
      assertThat(seen.method()).hasToString("POST");
      assertThat(seen.path()).hasToString("/a?b");
      assertThat(seen.authority()).hasToString("t");
      assertThat(seen.contains("connection")).isFalse();
      assertThat(replica.connections()).isEqualTo(1);
    }
  }

  @Test
  void grpcPassesFromEndToEnd() throws Exception {
    try (var replica = Http2Server.plain();
        var gateway = gateway(replica);
        var client = Http2Client.to(gateway.port())) {
      for (int i = 0; i < 5; i++) {
        var head = Stream.head("POST", "/echo.Echo/Say", "te", "trailers");
        head.add("content-type", "application/grpc");
        var stream = client.open().send(head, false).data("one", false).data("two", true);
        var answer = stream.answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("onetwobye");
        assertThat(answer.trailers()).containsOnly(entry("grpc-status", "0"));
      }
      assertThat(replica.heads().element().get("te")).hasToString("trailers");
    }
  }

  @Test
  void trailersOfARequestPass() throws Exception {
    try (var replica = Http2Server.plain();
        var gateway = gateway(replica);
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().send(Stream.head("POST", "/"), false).data("x", false);
      stream.trailers("x-sum", "1");
      assertThat(stream.answer().body()).isEqualTo("xbye");
      assertThat(replica.trailers()).containsExactly("x-sum=1");
    }
  }

  @Test
  void largeBodiesPassWholeInBothDirections() throws Exception {
    String piece = "0123456789".repeat(1_600);
    try (var replica = Http2Server.plain();
        var gateway = gateway(replica);
        var client = Http2Client.to(gateway.port())) {
      var stream = client.open().send(Stream.head("POST", "/"), false);
      int pieces = 300;
      for (int i = 0; i < pieces; i++) {
        stream.data(piece, i == pieces - 1);
      }
      assertThat(stream.answer().body()).isEqualTo(piece.repeat(pieces) + "bye");
    }
  }

  @Test
  void aStreamThatIsRefusedGoesToTheNextCandidate() throws Exception {
    try (var one = Http2Server.refusing(1);
        var other = Http2Server.refusing(0);
        var gateway = gateway(one, other)) {
      for (int i = 0; i < 10; i++) {
        assertThat(gateway.ask("GET / HTTP/1.1\r\nHost: t\r\n\r\n")).startsWith("HTTP/1.1 200");
      }
    }
  }
}
