package dev.ringmaster.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.AnswerBody;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The JDK's HTTP server as a place that questions come from. Runs on virtual threads, so it waits
/// for answers.
final class AdminPort implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(AdminPort.class);

  /// Connections open at a time; operators, one Prometheus and a few scripts need far fewer.
  private static final int MAX_CONNECTIONS = 256;

  /// Seconds within which a request must have come whole, so that a slow sender holds no
  /// connection.
  private static final int MAX_REQUEST_SECONDS = 10;

  /// The piece behind which none comes.
  private static final byte[] END = new byte[0];

  private final OwnEndpoints endpoints;

  AdminPort(OwnEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /// Sets the bounds that the JDK's server takes from system properties alone, where the user has
  /// not set them. Heard only before the first server of the process is made.
  static void boundConnections() {
    System.getProperties()
        .putIfAbsent("jdk.httpserver.maxConnections", Integer.toString(MAX_CONNECTIONS));
    System.getProperties()
        .putIfAbsent("sun.net.httpserver.maxReqTime", Integer.toString(MAX_REQUEST_SECONDS));
    System.getProperties().putIfAbsent("sun.net.httpserver.nodelay", "true");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    int mostBytes = endpoints.mostBodyBytes(path(exchange));
    byte[] body = exchange.getRequestBody().readNBytes(mostBytes + 1);
    if (body.length > mostBytes) {
      exchange.getResponseHeaders().set("Connection", "close");
      return Answers.failure(413, "The body is larger than " + mostBytes + " bytes");
    }
    try {
      return endpoints.answer(question(exchange, body)).toCompletableFuture().join();
    } catch (RuntimeException defect) {
      log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), defect);
      return Answers.failure(500, "The console failed; the log says why");
    }
  }

  private static String path(HttpExchange exchange) {
    String path = exchange.getRequestURI().getRawPath();
    return path == null ? "" : path;
  }

  private static Question question(HttpExchange exchange, byte[] body) {
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new Question(
        exchange.getRequestMethod(),
        path(exchange),
        query == null ? "" : query,
        headers,
        body,
        exchange.getRemoteAddress().getAddress());
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var headers = exchange.getResponseHeaders();
    answer.headers().forEach(headers::set);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    switch (answer.content()) {
      case AnswerBody.Whole(byte[] body) -> sendWhole(exchange, answer.status(), body);
      case AnswerBody.Pieces pieces -> {
        try {
          sendPieces(exchange, answer.status(), pieces);
        } finally {
          pieces.close();
        }
      }
    }
  }

  private static void sendWhole(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void sendPieces(HttpExchange exchange, int status, AnswerBody.Pieces pieces)
      throws IOException {
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bodiless ? -1 : 0);
    byte[] piece = bodiless ? END : pieces.next().toCompletableFuture().join();
    while (piece.length > 0) {
      exchange.getResponseBody().write(piece);
      exchange.getResponseBody().flush();
      piece = pieces.next().toCompletableFuture().join();
    }
  }
}
