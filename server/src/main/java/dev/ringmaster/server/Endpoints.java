package dev.ringmaster.server;

import dev.ringmaster.server.http.Exchange;
import dev.ringmaster.server.http.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What each path answers: the classic contract, section 1.
final class Endpoints {
  static final String JSON = "application/json";
  static final byte[] EMPTY = {};

  private final byte[] home;
  private final @Nullable TestEndpoints test;

  Endpoints(String id, boolean testEndpoints) {
    this.home = Json.message("Hello from Server: " + id, "successful");
    this.test = testEndpoints ? new TestEndpoints(home) : null;
  }

  /// Answers one request.
  void answer(Exchange exchange) throws IOException, InterruptedException {
    String path = exchange.request().path();
    switch (path) {
      case "/home" -> get(exchange, home);
      case "/heartbeat" -> get(exchange, EMPTY);
      default -> {
        if (test == null || !test.answer(path, exchange)) {
          exchange.answer(404, JSON, Json.failure("<Error> '" + path + "' does not exist here"));
        }
      }
    }
  }

  private static void get(Exchange exchange, byte[] content) throws IOException {
    String method = exchange.request().method();
    if (method.equals("GET") || method.equals("HEAD")) {
      exchange.answer(200, JSON, content);
      return;
    }
    exchange.allow("GET, HEAD");
    String message = "<Error> " + exchange.request().path() + " takes GET and HEAD";
    exchange.answer(405, JSON, Json.failure(message));
  }
}
