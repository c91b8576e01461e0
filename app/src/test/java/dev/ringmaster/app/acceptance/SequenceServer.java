package dev.ringmaster.app.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A replica in the test's process: remembers what it got, in the order in which it came, and
/// answers as it is told.
final class SequenceServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Seen> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  /// A request.
  record Seen(String line, Headers headers, String body) {
    String header(String name) {
      String value = headers.getFirst(name);
      return value == null ? "" : value;
    }
  }

  private SequenceServer(HttpServer server) {
    this.server = server;
  }

  static SequenceServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SequenceServer started = new SequenceServer(server);
    server.createContext("/", started::handle);
    server.setExecutor(started.workers);
    server.start();
    return started;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      boolean heartbeat = exchange.getRequestURI().getPath().equals("/heartbeat");
      if (!heartbeat) {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(new Seen(line, exchange.getRequestHeaders(), body));
      }
      byte[] answer = "taken".getBytes(UTF_8);
      exchange.sendResponseHeaders(heartbeat ? 200 : status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /// From now on every request but heartbeats is answered so.
  void answerWith(int status) {
    this.status = status;
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// All so far but heartbeats.
  List<Seen> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
