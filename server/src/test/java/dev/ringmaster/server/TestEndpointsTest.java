package dev.ringmaster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each of the paths that exist for tests and the lab.
final class TestEndpointsTest {
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server = Server.start(0, "1", Options.FOR_TESTS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 299, 404, 418, 503, 599})
  void theStatusAskedForComes(int status) throws IOException {
    try (Wire wire = new Wire(server)) {
      Wire.Reply reply = wire.get("/test/status/" + status).reply();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.body()).contains(String.valueOf(status));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/test/status/199",
        "/test/status/600",
        "/test/status/x",
        "/test/delay/-1",
        "/test/delay/60001",
        "/test/size/9999999999999999999",
        "/test/slow/1/x"
      })
  void aNumberOutOfRangeIsRefused(String path) throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.get(path).reply().status()).isEqualTo(400);
      assertThat(wire.get("/home").reply().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/test", "/test/", "/test/none", "/test/size", "/test/size/1/2", "/test/echo/1"})
  void aTestPathThatDoesNotExistIsNotFound(String path) throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.get(path).reply().status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_384, 16_385, 1_000_000})
  void theSizeAskedForComes(int size) throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.get("/test/size/" + size).reply().body()).hasSize(size);
      assertThat(wire.get("/test/chunked/" + size).reply().body()).hasSize(size);
    }
  }

  @Test
  void slowBytesAndDelaysArrive() throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.get("/test/slow/5/1").reply().body()).isEqualTo("xxxxx");
      long beforeNs = System.nanoTime();
      assertThat(wire.get("/test/delay/120").reply().body()).contains("Hello");
      assertThat(System.nanoTime() - beforeNs).isGreaterThanOrEqualTo(120_000_000L);
    }
  }

  @Test
  void headersComeBackAsTheyWere() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("PUT /test/headers?a=b HTTP/1.1\r\nHost: t\r\nX-One:  \"1\" \r\nx-one: 2\r\n\r\n");
      assertThat(wire.reply().body())
          .isEqualTo(
              "{\"method\":\"PUT\",\"path\":\"/test/headers\",\"query\":\"a=b\",\"headers\":"
                  + "[[\"Host\",\"t\"],[\"X-One\",\"\\\"1\\\"\"],[\"x-one\",\"2\"]]}");
    }
  }

  @Test
  void aLargeBodyIsEchoedWholeWhileItComes() throws Exception {
    String sent = "0123456789abcdef".repeat(1_000_000);
    try (Wire wire = new Wire(server)) {
      wire.send("POST /test/echo HTTP/1.1\r\nHost: t\r\nContent-Type: a/b\r\n");
      wire.send("Content-Length: " + sent.length() + "\r\n\r\n");
      CompletableFuture<Wire> sending =
          CompletableFuture.supplyAsync(() -> sendQuietly(wire, sent));
      Wire.Reply reply = wire.reply();
      assertThat(sending.get(20, TimeUnit.SECONDS)).isSameAs(wire);
      assertThat(reply.head()).contains("Content-Type: a/b");
      assertThat(reply.body().equals(sent)).isTrue();
    }
  }

  @Test
  void aLargeBodyNobodyWantsIsReadBeforeTheAnswer() throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send("POST /none HTTP/1.1\r\nHost: t\r\nContent-Length: 9000000\r\n\r\n");
      assertThat(wire.send("x".repeat(9_000_000)).reply().status()).isEqualTo(404);
      assertThat(wire.get("/home").reply().status()).isEqualTo(200);
    }
  }

  private static Wire sendQuietly(Wire wire, String bytes) {
    try {
      return wire.send(bytes);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void closeAnswersAndCloses() throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.get("/test/close").rest())
          .contains("Connection: close")
          .endsWith("\"successful\"}");
    }
  }

  @Test
  void breakResetsTheConnection() throws IOException {
    try (Wire wire = new Wire(server);
        Wire early = new Wire(server)) {
      assertThatThrownBy(() -> wire.get("/test/break").reply().body().repeat(2))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> early.get("/test/break/early").reply())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void garbageIsNotHttp() throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.get("/test/garbage").rest()).startsWith("this is not HTTP");
    }
  }
}
