package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Given targets, one of which answers heartbeats well and requests with 503; and weights.
class EjectionIT {
  private static final String HOT = "/hot";

  @TempDir Path directory;
  private final List<HttpServer> servers = new ArrayList<>();
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

  @BeforeEach
  void serve() throws IOException {
    for (int i = 0; i < 3; i++) {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      int port = server.getAddress().getPort();
      server.createContext(
          "/",
          exchange -> {
            boolean beat = exchange.getRequestURI().getPath().equals("/heartbeat");
            exchange.sendResponseHeaders(beat ? 200 : statuses.getOrDefault(port, 200), -1);
            exchange.close();
          });
      server.start();
      servers.add(server);
    }
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private String target(int i) {
    return "127.0.0.1:" + servers.get(i).getAddress().getPort();
  }

  private RunningRingmaster ringmaster(String targets, String... more) throws IOException {
    List<String> flags = new ArrayList<>(List.of("--targets", targets, "--key", "path"));
    flags.addAll(List.of(more));
    return RunningRingmaster.start(directory, flags.toArray(String[]::new));
  }

  @Test
  void aTargetThatFailsFiveTimesInARowIsOutForAWhileAndSaysSo() throws Exception {
    String all = target(0) + "," + target(1) + "," + target(2);
    try (RunningRingmaster ringmaster = ringmaster(all, "--ejection-time", "5s")) {
      String owner = ringmaster.api("/api/explain?path=" + HOT).path("replica").textValue();
      int port = Integer.parseInt(owner.substring(owner.lastIndexOf(':') + 1));
      statuses.put(port, 503);
      for (int i = 0; i < 5; i++) {
        assertThat(ringmaster.get(HOT).statusCode()).isEqualTo(503);
      }
      await()
          .atMost(RunningRingmaster.PATIENCE)
          .untilAsserted(() -> assertThat(ringmaster.get(HOT).statusCode()).isEqualTo(200));

      JsonNode explained = ringmaster.api("/api/explain?path=" + HOT);
      assertThat(explained.path("replica").textValue()).isNotEqualTo(owner);
      assertThat(explained.path("why").textValue())
          .contains("whose replica " + owner + " is ejected for 5 s: 5 requests in a row failed");
      JsonNode status = of(ringmaster, owner);
      assertThat(status.path("state").textValue()).isEqualTo("serving");
      assertThat(status.path("ejectedUntil").isTextual()).isTrue();
      assertThat(status.path("share").doubleValue()).isZero();
      assertThat(ringmaster.log()).contains("replica " + owner + " is ejected for 5 s");

      statuses.clear();
      await()
          .atMost(RunningRingmaster.PATIENCE)
          .until(() -> of(ringmaster, owner).path("share").doubleValue() == 1);
      assertThat(ringmaster.api("/api/explain?path=" + HOT).path("replica").textValue())
          .isEqualTo(owner);
    }
  }

  @Test
  void aKeyWhoseRequestsAreAnsweredWith500EjectsNobody() throws Exception {
    String all = target(0) + "," + target(1) + "," + target(2);
    try (RunningRingmaster ringmaster = ringmaster(all)) {
      servers.forEach(server -> statuses.put(server.getAddress().getPort(), 500));
      for (int i = 0; i < 30; i++) {
        assertThat(ringmaster.get(HOT).statusCode()).isEqualTo(500);
      }
      for (JsonNode replica : ringmaster.api("/api/status").path("replicas")) {
        assertThat(replica.path("share").doubleValue()).isEqualTo(1);
      }
    }
  }

  @Test
  void weightsAreThoseOfTheTargetsAndThenThoseCommandedAlsoAfterARestart() throws Exception {
    String all = target(0) + "*0.5," + target(1) + "," + target(2) + "*0";
    try (RunningRingmaster first = ringmaster(all)) {
      assertThat(share(first, 0)).isEqualTo(0.5);
      assertThat(share(first, 2)).isZero();
      HttpResponse<String> weighed =
          first.command("/api/weight", "{\"name\":\"" + target(1) + "\",\"weight\":0.25}");
      assertThat(weighed.statusCode()).as(weighed.body()).isEqualTo(200);
      assertThat(share(first, 1)).isEqualTo(0.25);
      assertThat(first.command("/api/restart", "").body()).contains("can neither start nor stop");
    }
    try (RunningRingmaster second = ringmaster(all)) {
      await()
          .atMost(RunningRingmaster.PATIENCE)
          .untilAsserted(() -> assertThat(share(second, 1)).isEqualTo(0.25));
      assertThat(share(second, 0)).isEqualTo(0.5);
    }
  }

  private double share(RunningRingmaster ringmaster, int i) throws Exception {
    return of(ringmaster, target(i)).path("share").doubleValue();
  }

  private static JsonNode of(RunningRingmaster ringmaster, String name) throws Exception {
    for (JsonNode replica : ringmaster.api("/api/status").path("replicas")) {
      if (replica.path("name").textValue().equals(name)) {
        return replica;
      }
    }
    throw new AssertionError("no replica " + name);
  }
}
