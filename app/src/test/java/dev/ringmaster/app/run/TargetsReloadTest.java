package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Static targets are changed by a reload; what goes to targets that stay does not notice.
class TargetsReloadTest {
  private static final int LONG_MS = 60_000;

  @TempDir Path directory;
  private final List<GivenServer> servers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    for (String name : List.of("one", "two", "three")) {
      servers.add(new GivenServer(name));
    }
  }

  @AfterEach
  void stop() throws IOException {
    for (GivenServer server : servers) {
      server.close();
    }
  }

  /// The settings of one service of these targets, each 0, 1 or 2.
  private String[] of(int... targets) {
    List<String> texts = new ArrayList<>();
    for (int target : targets) {
      texts.add("'" + servers.get(target).target() + "'");
    }
    return new String[] {
      "key: header:X-User", "drain-timeout: 1s", "targets: [" + String.join(",", texts) + "]"
    };
  }

  private String[] with(String line, int... targets) {
    List<String> lines = new ArrayList<>(List.of(of(targets)));
    lines.add(line);
    return lines.toArray(String[]::new);
  }

  /// A tunnel through the gateway that is open.
  private static Socket tunnel(Reloadable running) throws IOException {
    Socket tunnel = new Socket(InetAddress.getLoopbackAddress(), running.port());
    tunnel.setSoTimeout(LONG_MS);
    String head =
        "GET / HTTP/1.1\r\nHost: t\r\nX-User: u\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n";
    tunnel.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    assertThat(GivenServer.head(tunnel.getInputStream())).startsWith("HTTP/1.1 101 ");
    assertEchoes(tunnel);
    return tunnel;
  }

  private static void assertEchoes(Socket tunnel) throws IOException {
    tunnel.getOutputStream().write('x');
    assertThat(tunnel.getInputStream().read()).isEqualTo('x');
  }

  private Map<String, String> whoHasWhom(Reloadable running) {
    Map<String, String> servedBy = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      String user = "user-" + i;
      servedBy.put(user, running.get("/", "X-User", user));
    }
    return servedBy;
  }

  private void awaitTwo(Reloadable running) {
    await().atMost(Reloadable.LONG).until(() -> whoHasWhom(running).containsValue("two /"));
  }

  /// Longer than the drain time-out and than the loops' look at the fleets.
  private void pastTheDrainTime(Socket tunnel) {
    long beganNs = System.nanoTime();
    await()
        .atMost(Reloadable.LONG)
        .until(() -> {
          assertEchoes(tunnel);
          return System.nanoTime() - beganNs > 1_500_000_000L;
        });
  }

  @Test
  void aTunnelToATargetThatStaysOutlivesOneThatComes() throws Exception {
    try (Reloadable running = Reloadable.start(directory, of(0));
        Socket tunnel = tunnel(running)) {
      running.reloaded(of(0, 1));
      awaitTwo(running);
      pastTheDrainTime(tunnel);
    }
  }

  @Test
  void aTunnelToATargetThatStaysOutlivesANewFleet() throws Exception {
    try (Reloadable running = Reloadable.start(directory, of(0));
        Socket tunnel = tunnel(running)) {
      running.reloaded(with("health: { interval: 1s }", 0));
      pastTheDrainTime(tunnel);
      running.reloaded(with("health: { interval: 3s }", 0, 1));
      pastTheDrainTime(tunnel);
    }
  }

  @Test
  void aTunnelToATargetThatGoesHasTheDrainTime() throws Exception {
    try (Reloadable running = Reloadable.start(directory, of(0));
        Socket tunnel = tunnel(running)) {
      running.reloaded(of(0, 1));
      awaitTwo(running);
      running.reloaded(of(1));
      assertThat(tunnel.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void onlyTheKeysOfATargetThatGoesMove() throws Exception {
    try (Reloadable running = Reloadable.start(directory, of(0, 1, 2))) {
      Map<String, String> before = whoHasWhom(running);
      assertThat(before).containsValues("one /", "two /", "three /");
      running.reloaded(of(2, 0));
      Map<String, String> after = whoHasWhom(running);
      assertThat(after).doesNotContainValue("two /");
      before.forEach((user, server) -> {
        if (!server.equals("two /")) {
          assertThat(after).containsEntry(user, server);
        }
      });
      running.reloaded(of(2, 0, 1));
      await().atMost(Reloadable.LONG).until(() -> whoHasWhom(running).equals(before));
    }
  }

  @Test
  void theSeatsAreRememberedOverAStart() throws Exception {
    Map<String, String> before;
    try (Reloadable running = Reloadable.start(directory, of(0, 1, 2))) {
      running.reloaded(of(2, 0));
      before = whoHasWhom(running);
    }
    try (Reloadable running = Reloadable.start(directory, of(2, 0))) {
      assertThat(whoHasWhom(running)).isEqualTo(before);
    }
  }

  @Test
  void aRequestUnderWayToATargetThatGoesEndsThere() throws Exception {
    try (Reloadable running = Reloadable.start(directory, with("health: { interval: 1s }", 0))) {
      CompletableFuture<HttpResponse<String>> slow = running.ask("/slow");
      await().atMost(Reloadable.LONG).until(() -> servers.get(0).slowAsked() == 1);
      running.reloaded(with("health: { interval: 1s }", 1));
      assertThat(running.get("/")).isEqualTo("two /");
      servers.get(0).answerSlow();
      assertThat(slow.join().body()).isEqualTo("one /slow");
    }
  }

  @Test
  void targetsOfWhichNoneServesAreRefusedAndTheOldOnesServe() throws Exception {
    GivenServer dead = new GivenServer("dead");
    dead.close();
    servers.add(dead);
    try (Reloadable running =
        Reloadable.start(directory, with("health: { start-timeout: 1s }", 0))) {
      assertThat(running.refused(with("health: { start-timeout: 1s }", 3)))
          .contains("none of its replicas serves");
      assertThat(running.get("/")).isEqualTo("one /");
    }
  }
}
