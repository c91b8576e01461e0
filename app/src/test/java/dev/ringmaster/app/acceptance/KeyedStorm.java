package dev.ringmaster.app.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// GETs of `/home` with keys in the header `X-Key`, one key after another over a few connections,
/// until it is stopped; and who answered which key.
final class KeyedStorm implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();
  private final Map<Served, Integer> served = new ConcurrentHashMap<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final URI uri;
  private final List<String> keys;

  /// A key and the id of the bundled server that answered it.
  record Served(String key, String server) {}

  private KeyedStorm(URI uri, List<String> keys) {
    this.uri = uri;
    this.keys = keys;
  }

  /// The keys `key-0` and so on.
  static List<String> keys(int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add("key-" + i);
    }
    return keys;
  }

  /// Begins; each connection asks again as soon as it is answered.
  static KeyedStorm begin(URI traffic, List<String> keys, int connections) {
    KeyedStorm storm = new KeyedStorm(traffic.resolve("/home"), keys);
    for (int i = 0; i < connections; i++) {
      storm.clients.execute(storm::client);
    }
    return storm;
  }

  private void client() {
    while (!over.get()) {
      String key = keys.get(Math.floorMod(turns.getAndIncrement(), keys.size()));
      outcomes.merge(ask(key), 1, Integer::sum);
      done.incrementAndGet();
    }
  }

  private String ask(String key) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).header("X-Key", key).build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        served.merge(new Served(key, server(response.body())), 1, Integer::sum);
      }
      return Integer.toString(response.statusCode());
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /// `3` of `{"message":"Hello from Server: 3","status":"successful"}`.
  private static String server(String body) {
    int from = body.indexOf(": ") + 2;
    return body.substring(from, body.indexOf('"', from));
  }

  /// Requests answered or failed so far.
  int done() {
    return done.get();
  }

  /// Ends it; gives how often each status or failure came.
  Map<String, Integer> end() {
    over.set(true);
    clients.close();
    return Map.copyOf(outcomes);
  }

  /// How often each key was answered by each server.
  Map<Served, Integer> served() {
    return Map.copyOf(served);
  }

  @Override
  public void close() {
    over.set(true);
    clients.close();
    http.close();
  }
}
