package dev.ringmaster.app.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Many GETs of one URI over many connections, and what came of them.
final class Storm implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();
  private final Map<String, Integer> bodies = new ConcurrentHashMap<>();
  private final AtomicInteger left;
  private final AtomicInteger done = new AtomicInteger();
  private final HttpRequest request;

  private Storm(URI uri, int requests) {
    this.left = new AtomicInteger(requests);
    this.request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
  }

  /// Begins; each connection asks again as soon as it is answered.
  static Storm begin(URI uri, int requests, int connections) {
    Storm storm = new Storm(uri, requests);
    for (int i = 0; i < connections; i++) {
      storm.clients.execute(storm::client);
    }
    return storm;
  }

  private void client() {
    while (left.getAndDecrement() > 0) {
      outcomes.merge(ask(), 1, Integer::sum);
      done.incrementAndGet();
    }
  }

  private String ask() {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      bodies.merge(response.body(), 1, Integer::sum);
      return Integer.toString(response.statusCode());
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /// Requests answered or failed so far.
  int done() {
    return done.get();
  }

  /// Waits for the end; gives how often each status or failure came.
  Map<String, Integer> end() {
    clients.close();
    return Map.copyOf(outcomes);
  }

  /// How often each body came.
  Map<String, Integer> bodies() {
    return Map.copyOf(bodies);
  }

  @Override
  public void close() {
    left.set(0);
    clients.close();
    http.close();
  }
}
