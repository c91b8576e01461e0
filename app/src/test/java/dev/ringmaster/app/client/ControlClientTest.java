package dev.ringmaster.app.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlClientTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = "{\"status\":\"successful\"}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aCommandIsPostedWithItsToken() throws Exception {
    try (ControlClient client = client(Optional.of("secret"))) {
      client.post("/api/add", JsonNodeFactory.instance.objectNode().put("n", 1));
    }
    assertThat(asked).containsExactly("POST /api/add Bearer secret {\"n\":1}");
  }

  @Test
  void aQuestionNeedsNoToken() throws Exception {
    try (ControlClient client = client(Optional.empty())) {
      assertThat(client.get("/api/explain?path=%2Fx").path("status").textValue())
          .isEqualTo("successful");
    }
    assertThat(asked).containsExactly("GET /api/explain?path=%2Fx null ");
  }

  @Test
  void aRefusalIsToldInItsWords() {
    answer(400, "{\"message\":\"<Error> replica 'x' does not exist\",\"status\":\"failure\"}");
    assertThat(failure().kind()).isEqualTo(ControlFailure.Kind.REFUSED);
    assertThat(failure()).hasMessage("replica 'x' does not exist");
  }

  @Test
  void whatCannotBeDoneNowIsToldApart() {
    answer(503, "{\"message\":\"<Error> later\",\"status\":\"failure\"}");
    assertThat(failure().kind()).isEqualTo(ControlFailure.Kind.UNAVAILABLE);
  }

  @Test
  void somethingElseThatAnswersIsNoConsole() {
    answer(200, "<html>");
    assertThat(failure().kind()).isEqualTo(ControlFailure.Kind.UNAVAILABLE);
    assertThat(failure()).hasMessageContaining("is not a Ringmaster console");
  }

  private void answer(int status, String body) {
    this.status = status;
    this.answer = body;
  }

  private ControlFailure failure() {
    try (ControlClient client = client(Optional.empty())) {
      return catchThrowableOfType(ControlFailure.class, () -> client.get("/api/status"));
    }
  }

  private ControlClient client(Optional<String> token) {
    return new ControlClient(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), token);
  }
}
