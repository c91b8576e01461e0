package dev.ringmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP/1.1 at its edges, byte for byte.
final class ProtocolTest {
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server = Server.start(0, "1", Options.FOR_TESTS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (Wire wire = new Wire(server)) {
      String post = "POST /test/echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello";
      String get = "GET /home HTTP/1.1\r\nHost: t\r\n\r\n";
      String missing = "GET /none HTTP/1.1\r\nHost: t\r\n\r\n";
      wire.send(get + post + missing + get);
      assertThat(wire.reply().status()).isEqualTo(200);
      assertThat(wire.reply().body()).isEqualTo("hello");
      assertThat(wire.reply().status()).isEqualTo(404);
      assertThat(wire.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void aRequestMayComeByteByByte() throws IOException {
    try (Wire wire = new Wire(server)) {
      for (char octet : "\r\nGET /home HTTP/1.1\r\nHost: t\r\n\r\n".toCharArray()) {
        wire.send(String.valueOf(octet));
      }
      assertThat(wire.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void headHasTheHeadOfGetAndNoBody() throws IOException {
    try (Wire wire = new Wire(server)) {
      String get = wire.get("/home").reply().head();
      Wire.Reply head = wire.send("HEAD /home HTTP/1.1\r\nHost: t\r\n\r\n").headReply();
      assertThat(withoutDate(head.head())).isEqualTo(withoutDate(get));
      Wire.Reply large = wire.send("HEAD /test/size/70000 HTTP/1.1\r\nHost: t\r\n\r\n").headReply();
      assertThat(large.head()).contains("Content-Length: 70000");
      Wire.Reply parts = wire.send("HEAD /test/chunked/9 HTTP/1.1\r\nHost: t\r\n\r\n").headReply();
      assertThat(parts.head()).contains("Transfer-Encoding: chunked");
      assertThat(wire.get("/home").reply().body()).contains("Hello");
    }
  }

  @Test
  void answersWithoutABodyHaveNoLength() throws IOException {
    try (Wire wire = new Wire(server)) {
      Wire.Reply none = wire.get("/test/status/204").reply();
      assertThat(none.status()).isEqualTo(204);
      assertThat(none.head()).doesNotContain("Content-Length");
      assertThat(wire.get("/test/status/304").reply().body()).isEmpty();
      assertThat(wire.get("/home").reply().status()).isEqualTo(200);
    }
  }

  @Test
  void aChunkedBodyIsEchoedInChunks() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("POST /test/echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
      wire.send("5;name=\"value\"\r\nhello\r\n0A\r\n, world..!\r\n");
      wire.send("0\r\nX-Trailer: dropped\r\nX-Other: too\r\n\r\n");
      Wire.Reply reply = wire.reply();
      assertThat(reply.head()).contains("Transfer-Encoding: chunked");
      assertThat(reply.body()).isEqualTo("hello, world..!");
      assertThat(wire.get("/home").reply().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n",
        "\r\n",
        "-1\r\n",
        "0x5\r\n",
        "5\nhello\r\n0\r\n\r\n",
        "5\rhello",
        "FFFFFFFFFFFFFFFF\r\n",
        "5;a\nb\r\nhello\r\n",
        "0\r\nbad\n\r\n"
      })
  void brokenChunksAreRefusedAndTheConnectionCloses(String body) throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("POST /home HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
      wire.send("GET /home HTTP/1.1\r\nHost: t\r\n\r\n");
      assertThat(wire.rest()).startsWith("HTTP/1.1 400 ").doesNotContain("200 OK");
    }
  }

  @Test
  void aChunkThatIsLongerThanItSaysBreaksTheEchoOff() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("POST /test/echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
      wire.send("5\r\nhello!!\r\n0\r\n\r\n");
      assertThat(wire.rest()).endsWith("5\r\nhello\r\n");
    }
  }

  @Test
  void continueIsSentWhenTheBodyIsWanted() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("POST /test/echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n");
      wire.send("Expect: 100-continue\r\n\r\n");
      assertThat(wire.reply().status()).isEqualTo(100);
      assertThat(wire.send("hello").reply().body()).isEqualTo("hello");
      assertThat(wire.get("/home").reply().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyNobodyWantsIsNotAskedFor() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("POST /home HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n");
      wire.send("Expect: 100-continue\r\n\r\n");
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.head()).contains("Connection: close");
      assertThat(wire.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /home HTTP/1.1\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n, 400",
    "GET /home\\r\\nHost: a\\r\\n, 400",
    "GET  /home HTTP/1.1\\r\\nHost: a\\r\\n, 400",
    "GET home HTTP/1.1\\r\\nHost: a\\r\\n, 400",
    "GET * HTTP/1.1\\r\\nHost: a\\r\\n, 400",
    "GET /h\\351 HTTP/1.1\\r\\nHost: a\\r\\n, 400",
    "G(T /home HTTP/1.1\\r\\nHost: a\\r\\n, 400",
    "GET /home HTTP/2.0\\r\\nHost: a\\r\\n, 505",
    "GET /home HTTP/11\\r\\nHost: a\\r\\n, 400",
    "GET /home http/1.1\\r\\nHost: a\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nA : b\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nA: b\\r\\n c\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nA\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nA: b\\0c\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nA: b\\rc\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\nA: b\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: +1\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nContent-Length:\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 9999999999999999999\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nContent-Length: 1\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip\\r\\n, 501",
    "GET /home HTTP/1.0\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n, 400",
    "GET /home HTTP/1.1\\r\\nHost: a\\r\\nExpect: 200-ok\\r\\n, 417"
  })
  void whatIsNotHttpIsRefusedAndTheConnectionCloses(String head, int status) throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send(head.translateEscapes() + "\r\n");
      assertThat(wire.rest())
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("Connection: close")
          .contains("\"status\":\"failure\"}");
    }
  }

  @Test
  void aHeadThatIsTooLargeIsRefused() throws IOException {
    try (Wire wire = new Wire(server);
        Wire many = new Wire(server)) {
      wire.send("GET /home HTTP/1.1\r\nHost: t\r\nA: " + "a".repeat(17_000) + "\r\n\r\n");
      assertThat(wire.rest()).startsWith("HTTP/1.1 431 ");
      many.send("GET /home HTTP/1.1\r\nHost: t\r\n" + "A: a\r\n".repeat(100) + "\r\n");
      assertThat(many.rest()).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void manyFieldsWithinTheLimitAreTaken() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("GET /home HTTP/1.1\r\nHost: t\r\n" + "A: a\r\n".repeat(99) + "\r\n");
      assertThat(wire.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void anOldClientIsLeftWhenItDoesNotAskToStay() throws IOException {
    try (Wire wire = new Wire(server);
        Wire staying = new Wire(server)) {
      assertThat(wire.send("GET /home HTTP/1.0\r\n\r\n").rest()).contains("Connection: close");
      staying.send("GET /home HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(staying.reply().head()).contains("Connection: keep-alive");
      assertThat(staying.send("GET /test/chunked/20000 HTTP/1.0\r\n\r\n").rest())
          .doesNotContain("chunked")
          .endsWith("\r\n\r\n" + "x".repeat(20_000));
    }
  }

  @Test
  void aClientThatSaysCloseIsLeftAfterItsAnswer() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("GET /home HTTP/1.1\r\nHost: t\r\nConnection: x, Close\r\n\r\n");
      assertThat(wire.rest()).contains("Connection: close").endsWith("\"successful\"}");
    }
  }

  @Test
  void aClientThatEndsItsSideStillGetsItsAnswer() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.get("/test/delay/50").endOutput();
      assertThat(wire.rest()).endsWith("\"successful\"}");
    }
  }

  @Test
  void aBodyThatEndsEarlyHasNoAnswer() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("POST /home HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nab").endOutput();
      assertThat(wire.rest()).isEmpty();
    }
  }

  private static String withoutDate(String head) {
    return head.replaceAll("Date: .*", "");
  }
}
