package dev.ringmaster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.http2.Http2Limits;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.gateway.testing.GatewayUnderTest;
import dev.ringmaster.gateway.testing.Http2Client;
import dev.ringmaster.gateway.testing.Http2Client.Stream;
import dev.ringmaster.gateway.testing.ScriptedReplica;
import dev.ringmaster.gateway.testing.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What a hostile client of HTTP/2 sends, frame by frame: it is cut off, and others are served.
class Http2AttacksTest {
  private static final Http2Limits LIMITS = Http2Limits.DEFAULT;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /// `:method GET, :scheme http, :path /, :authority test` in HPACK.
  private static final byte[] GET = {
    (byte) 0x82, (byte) 0x86, (byte) 0x84, 0x01, 4, 't', 'e', 's', 't'
  };

  /// Frames to send at once.
  private static final class Frames {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Frames() {
      bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      add(SETTINGS, 0, 0, new byte[0]);
    }

    Frames add(int type, int flags, int stream, byte[] payload) {
      int length = payload.length;
      bytes.writeBytes(new byte[] {(byte) (length >> 16), (byte) (length >> 8), (byte) length});
      bytes.write(type);
      bytes.write(flags);
      bytes.writeBytes(
          new byte[] {
            (byte) (stream >> 24), (byte) (stream >> 16), (byte) (stream >> 8), (byte) stream
          });
      bytes.writeBytes(payload);
      return this;
    }

    byte[] all() {
      return bytes.toByteArray();
    }
  }

  private static void isCutOff(Frames frames) throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire wire = Wire.to(gateway.port())) {
      byte[] all = frames.all();
      Thread sender = Thread.ofVirtual().start(() -> sendQuietly(wire, all));
      awaitEnd(wire);
      sender.join();
      assertThat(gateway.get("/")).endsWith("x");
    }
  }

  /// Fails if the gateway lets the connection stand; a reset is an end too.
  private static void awaitEnd(Wire wire) throws Exception {
    try {
      String all = wire.rest();
      assertThat(all).isNotEmpty();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the connection was not closed", e);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private static void sendQuietly(Wire wire, byte[] all) {
    try {
      wire.send(all);
    } catch (IOException e) {
      return;
    }
  }

  @Test
  void rapidResets() throws Exception {
    Frames frames = new Frames();
    for (int i = 0; i <= LIMITS.resets(); i++) {
      int stream = 2 * i + 1;
      frames.add(HEADERS, END_STREAM | END_HEADERS, stream, GET);
      frames.add(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }
    isCutOff(frames);
  }

  @Test
  void resetsThatAreProvoked() throws Exception {
    Frames frames = new Frames();
    for (int i = 0; i <= LIMITS.provokedResets(); i++) {
      int stream = 2 * i + 1;
      frames.add(HEADERS, END_STREAM | END_HEADERS, stream, GET);
      // A window that grows by nothing is an error of the stream.
      frames.add(8, 0, stream, new byte[4]);
    }
    isCutOff(frames);
  }

  @Test
  void aFloodOfContinuations() throws Exception {
    Frames frames = new Frames().add(HEADERS, END_STREAM, 1, GET);
    for (int i = 0; i <= LIMITS.smallContinuations(); i++) {
      frames.add(CONTINUATION, 0, 1, new byte[0]);
    }
    isCutOff(frames);
  }

  @Test
  void emptyDataWithoutEnd() throws Exception {
    Frames frames = new Frames().add(HEADERS, END_HEADERS, 1, GET);
    for (int i = 0; i <= LIMITS.emptyDataFrames(); i++) {
      frames.add(DATA, 0, 1, new byte[0]);
    }
    isCutOff(frames);
  }

  @Test
  void pingsWhoseAnswersNobodyReads() throws Exception {
    Frames frames = new Frames();
    for (int i = 0; i < 400_000; i++) {
      frames.add(PING, 0, 0, new byte[8]);
    }
    try (var replica = ScriptedReplica.answering("x");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        Wire wire = Wire.to(gateway.port(), 4_096)) {
      sendQuietly(wire, frames.all());
      awaitEnd(wire);
      assertThat(gateway.get("/")).endsWith("x");
    }
  }

  @Test
  void headsThatAreTooLargeAreAnswered431() throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var head = Stream.head("GET", "/", "x-large", "y".repeat(LIMITS.headerListBytes()));
      assertThat(client.open().send(head, true).answer().status()).isEqualTo(431);
      assertThat(client.open().get("/").answer().body()).isEqualTo("x");
    }
  }

  @Test
  void malformedHeadsAreRefusedAndReachNoReplica() throws Exception {
    try (var replica = ScriptedReplica.answering("x");
        var gateway = GatewayUnderTest.over(FakeFleet.at(replica.port()));
        var client = Http2Client.to(gateway.port())) {
      var twoHosts = Stream.head("GET", "/", "host", "other");
      assertThat(client.open().send(twoHosts, true).answer().status()).isEqualTo(400);
      var absolute = Stream.head("GET", "http://other/");
      assertThat(client.open().send(absolute, true).answer().status()).isEqualTo(400);
      var smuggled = Stream.head("GET", "/ HTTP/1.1\r\nx: y");
      assertThat(client.open().send(smuggled, true).answer().error()).isEqualTo(1);
      var blank = Stream.head("GET", "/a b");
      assertThat(client.open().send(blank, true).answer().status()).isEqualTo(400);
      var trace = Stream.head("TRACE", "/");
      assertThat(client.open().send(trace, true).answer().status()).isEqualTo(501);
      assertThat(client.open().get("/", "transfer-encoding", "chunked").answer().error())
          .isEqualTo(1);
      assertThat(client.open().get("/", "connection", "close").answer().error()).isEqualTo(1);
      assertThat(client.open().get("/", "x", "a\r\nb: c").answer().error()).isEqualTo(1);
      assertThat(replica.connections()).isZero();
    }
  }
}
