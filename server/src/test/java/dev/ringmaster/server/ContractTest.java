package dev.ringmaster.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The classic contract, section 1.
final class ContractTest {
  private Server server;

  @BeforeEach
  void start() throws IOException {
    Options options = new Options(Options.FOR_TESTS.address(), false, Options.MAX_CONNECTIONS);
    server = Server.start(0, "3", options);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void homeNamesTheServer() throws IOException {
    try (Wire wire = new Wire(server)) {
      Wire.Reply reply = wire.get("/home").reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.head()).contains("Content-Type: application/json");
      assertThat(reply.body())
          .isEqualTo("{\"message\":\"Hello from Server: 3\",\"status\":\"successful\"}");
    }
  }

  @Test
  void heartbeatIsEmpty() throws IOException {
    try (Wire wire = new Wire(server)) {
      Wire.Reply reply = wire.get("/heartbeat").reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.head()).contains("Content-Length: 0").doesNotContain("Content-Type");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/other", "/home/", "/homes", "/HOME", "/test/echo", "/a%20b\"c"})
  void anyOtherPathIsNotFound(String path) throws IOException {
    try (Wire wire = new Wire(server)) {
      Wire.Reply reply = wire.get(path).reply();
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.body())
          .contains(path.replace("\"", "\\\""))
          .endsWith(",\"status\":\"failure\"}");
      assertThat(wire.get("/home").reply().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/home?x=1", "http://test/home", "HTTP://test:5000/home?x=/other"})
  void theQueryAndTheAuthorityDoNotChangeThePath(String target) throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.get(target).reply().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "X-OWN"})
  void aMethodThatThePathDoesNotHaveIsNamed(String method) throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send(method + " /home HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc");
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.head()).contains("Allow: GET, HEAD");
      assertThat(reply.body()).endsWith("\"status\":\"failure\"}");
      assertThat(wire.get("/home").reply().status()).isEqualTo(200);
    }
  }

  @Test
  void theIdIsQuotedInJson() throws IOException {
    try (Server odd = Server.start(0, "a\"b\\c\nd", Options.FOR_TESTS);
        Wire wire = new Wire(odd)) {
      assertThat(wire.get("/home").reply().body())
          .isEqualTo(
              "{\"message\":\"Hello from Server: a\\\"b\\\\c\\u000ad\",\"status\":\"successful\"}");
    }
  }
}
