package dev.ringmaster.gateway.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each row of the tables, sent through a gateway: what is refused never reaches the replica, what
/// is let through arrives as one message that another strict decoder (Netty's) reads the same way.
class WhatReachesTheReplicaTest {
  private static final long PATIENCE_S = 20;
  private static final HttpDecoderConfig ROOMY =
      new HttpDecoderConfig().setMaxInitialLineLength(65_536).setMaxHeaderSize(65_536);
  private static final String CHUNKED =
      "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  /// When the replica answers.
  private enum Answering {
    AT_HEAD,
    AT_END
  }

  /// What came on one connection of the replica, as Netty reads it.
  private static final class Seen {
    final List<HttpRequest> heads = new ArrayList<>();
    final StringBuilder content = new StringBuilder();
    int ends;
    int failures;

    void take(HttpObject object) {
      failures += object.decoderResult().isFailure() ? 1 : 0;
      if (object instanceof HttpRequest head) {
        heads.add(head);
      }
      if (object instanceof HttpContent piece) {
        content.append(piece.content().toString(ISO_8859_1));
        ends += piece instanceof LastHttpContent ? 1 : 0;
        piece.release();
      }
    }
  }

  /// A gateway before one replica that remembers what came.
  private static final class Stage implements AutoCloseable {
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final ScriptedReplica replica;
    private final GatewayUnderTest gateway;

    Stage(Answering answering) throws IOException {
      replica = ScriptedReplica.that(wire -> seen.add(play(wire, answering)));
      gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
    }

    Wire client() throws IOException {
      return gateway.client();
    }

    int connections() {
      return replica.connections();
    }

    Seen next() throws InterruptedException {
      return Objects.requireNonNull(seen.poll(PATIENCE_S, TimeUnit.SECONDS), "nothing came");
    }

    @Override
    public void close() throws IOException {
      gateway.close();
      replica.close();
    }
  }

  private static Seen play(Wire wire, Answering answering) throws IOException {
    EmbeddedChannel decoder = new EmbeddedChannel(new HttpRequestDecoder(ROOMY));
    Seen seen = new Seen();
    for (String b = wire.bytes(1); !b.isEmpty(); b = wire.bytes(1)) {
      int before = answering == Answering.AT_HEAD ? seen.heads.size() : seen.ends;
      decoder.writeInbound(Unpooled.wrappedBuffer(b.getBytes(ISO_8859_1)));
      for (HttpObject next = decoder.readInbound(); next != null; next = decoder.readInbound()) {
        seen.take(next);
      }
      int after = answering == Answering.AT_HEAD ? seen.heads.size() : seen.ends;
      if (after > before) {
        wire.sendQuietly("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      }
    }
    decoder.finishAndReleaseAll();
    return seen;
  }

  /// All rows but the preface of HTTP/2, which begins another protocol.
  static List<Table.Row> requests() {
    return Table.rows("requests.table").stream()
        .filter(row -> !row.text().startsWith("PRI * HTTP/2.0"))
        .toList();
  }

  static List<Table.Row> chunkedBodies() {
    return Table.rows("bodies.table").stream()
        .filter(row -> row.text().startsWith("chunked "))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestArrivesWholeOrNotAtAll(Table.Row row) throws Exception {
    String outcome = row.words().getFirst();
    try (Stage stage = new Stage(Answering.AT_HEAD);
        Wire client = stage.client()) {
      client.sendQuietly(new String(row.bytes(), ISO_8859_1));
      if (outcome.equals("more")) {
        client.endOutput().drain();
        assertThat(stage.connections()).isZero();
      } else if (outcome.equals("ok")) {
        assertThat(client.head()).startsWith("HTTP/1.1 200 ");
        client.hangUp();
        arrived(row, stage.next());
      } else {
        String answer = client.message();
        assertThat(answer).startsWith("HTTP/1.1 " + outcome + " ").contains("Connection: close");
        client.drain();
        assertThat(stage.connections()).as("nothing reached the replica").isZero();
      }
    }
  }

  private static void arrived(Table.Row row, Seen came) {
    assertThat(came.failures).as("Netty reads it").isZero();
    assertThat(came.heads).hasSize(1);
    HttpRequest head = came.heads.getFirst();
    RequestHead ours = new RequestHead(Limits.DEFAULT);
    byte[] sent = row.bytes();
    assertThat(ours.parse(Table.buffer(sent, 0, sent.length))).isEqualTo(Outcome.COMPLETE);
    assertThat(head.method().name()).isEqualTo(ours.text(ours.methodFrom(), ours.methodTo()));
    assertThat(head.uri()).endsWith(ours.text(ours.pathFrom(), ours.targetTo()));
    assertThat(head.headers().getAll("Host")).hasSize(1);
    assertThat(head.headers().getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
    boolean chunked = head.headers().contains("Transfer-Encoding");
    assertThat(chunked).isEqualTo(ours.framing() == Framing.CHUNKED);
    assertThat(chunked && head.headers().contains("Content-Length")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("chunkedBodies")
  void aChunkedBodyArrivesWholeOrWithoutItsEnd(Table.Row row) throws Exception {
    String body = new String(row.bytes(), ISO_8859_1).substring("chunked ".length());
    try (Stage stage = new Stage(Answering.AT_END);
        Wire client = stage.client()) {
      client.sendQuietly(CHUNKED + body);
      switch (row.words().getFirst()) {
        case "ended" -> {
          assertThat(client.head()).startsWith("HTTP/1.1 200 ");
          client.hangUp();
          Seen came = stage.next();
          assertThat(came.failures).isZero();
          assertThat(came.ends).isOne();
          content(row, came);
        }
        case "malformed" -> {
          assertThat(client.message()).matches("(?s)HTTP/1.1 4(00|13|31) .*");
          client.drain();
          withoutItsEnd(stage);
        }
        default -> {
          client.hangUp();
          withoutItsEnd(stage);
        }
      }
    }
  }

  private static void content(Table.Row row, Seen came) {
    for (String word : row.words()) {
      if (word.startsWith("content=")) {
        String content = word.substring("content=".length());
        assertThat(Described.shown(came.content.toString())).isEqualTo(content);
      }
    }
  }

  private static void withoutItsEnd(Stage stage) throws InterruptedException {
    if (stage.connections() > 0) {
      assertThat(stage.next().ends).as("ends of messages").isZero();
    }
  }
}
