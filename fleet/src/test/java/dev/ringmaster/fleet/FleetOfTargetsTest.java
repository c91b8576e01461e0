package dev.ringmaster.fleet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.ringmaster.fleet.fixed.StaticRuntime;
import dev.ringmaster.fleet.fixed.Target;
import dev.ringmaster.fleet.health.HealthSettings;
import dev.ringmaster.fleet.store.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fleets of given targets.
class FleetOfTargetsTest {
  private static final int PATIENCE_S = 60;

  @TempDir Path directory;

  @Test
  void targetsAreWatchedAndNothingElse() throws Exception {
    HttpServer one = serve(0);
    HttpServer two = serve(0);
    int port = two.getAddress().getPort();
    String first = "127.0.0.1:" + one.getAddress().getPort();
    String second = "127.0.0.1:" + port;
    HealthSettings quick =
        new HealthSettings(
            "/", Duration.ofMillis(100), Duration.ofSeconds(5), 2, 2, 0.1, Duration.ofMillis(300));
    try (DataDirectory data = DataDirectory.open(directory);
        Fleet fleet =
            Fleet.start(
                FleetSettings.of("web", 3).withHealth(quick),
                new StaticRuntime(List.of(first, second)),
                data,
                System::nanoTime,
                new SplittableRandom(1))) {
      fleet.ready().get(PATIENCE_S, SECONDS);
      assertThat(fleet.view().desired()).isEqualTo(2);
      assertThat(fleet.view().table().roster().label(1)).isEqualTo(second);

      two.stop(0);
      await().atMost(PATIENCE_S, SECONDS).until(() -> fleet.view().serving() == 1);
      assertThat(fleet.view().replicas()).hasSize(2);

      two = serve(port);
      await().atMost(PATIENCE_S, SECONDS).until(() -> fleet.view().serving() == 2);

      assertThatThrownBy(() -> fleet.add(1, List.of()).get(PATIENCE_S, SECONDS))
          .hasCauseInstanceOf(FleetControl.Refusal.class)
          .hasMessageContaining("can neither add nor remove any");

      assertThat(fleet.drain(first).get(PATIENCE_S, SECONDS).table().roster().weight(0)).isZero();
      assertThatThrownBy(() -> fleet.drain(first).get(PATIENCE_S, SECONDS))
          .hasCauseInstanceOf(FleetControl.Refusal.class)
          .hasMessageContaining("is drained already");
      fleet.undrain(first).get(PATIENCE_S, SECONDS);
      await().atMost(PATIENCE_S, SECONDS).until(() -> fleet.view().serving() == 2);
    } finally {
      one.stop(0);
      two.stop(0);
    }
  }

  @Test
  void aTargetsWeightIsKeptUntilTheSettingsChangeIt() throws Exception {
    HttpServer one = serve(0);
    HttpServer two = serve(0);
    String first = "127.0.0.1:" + one.getAddress().getPort();
    String second = "127.0.0.1:" + two.getAddress().getPort();
    try (DataDirectory data = DataDirectory.open(directory)) {
      try (Fleet fleet = watch(data, first, second + "*0.5")) {
        assertThat(weights(fleet)).containsExactly(1.0, 0.5);
        fleet.weigh(first, 0.25).get(PATIENCE_S, SECONDS);
        assertThat(weights(fleet)).containsExactly(0.25, 0.5);
        assertThat(fleet.view().table().roster().weight(0)).isEqualTo(16_384);
      }
      try (Fleet swapped = watch(data, second + "*0.5", first)) {
        assertThat(weights(swapped)).containsExactly(0.5, 0.25);
      }
      try (Fleet changed = watch(data, first + "*0.75", second + "*0.5")) {
        assertThat(weights(changed)).containsExactly(0.75, 0.5);
      }
    } finally {
      one.stop(0);
      two.stop(0);
    }
  }

  @Test
  void aTargetsRestartIsRefused() throws Exception {
    HttpServer one = serve(0);
    try (DataDirectory data = DataDirectory.open(directory);
        Fleet fleet = watch(data, "127.0.0.1:" + one.getAddress().getPort())) {
      assertThatThrownBy(() -> fleet.restart().get(PATIENCE_S, SECONDS))
          .hasCauseInstanceOf(FleetControl.Refusal.class)
          .hasMessageContaining("can neither start nor stop any");
    } finally {
      one.stop(0);
    }
  }

  private static List<Double> weights(Fleet fleet) {
    return fleet.view().replicas().stream().map(replica -> replica.share().weight()).toList();
  }

  private static Fleet watch(DataDirectory data, String... targets) throws Exception {
    Fleet fleet =
        Fleet.start(
            FleetSettings.of("web", targets.length),
            new StaticRuntime(List.of(targets)),
            data,
            System::nanoTime,
            new SplittableRandom(1));
    fleet.ready().get(PATIENCE_S, SECONDS);
    return fleet;
  }

  @Test
  void aTargetIsHostPortAndPerhapsAWeight() {
    assertThat(Target.parse("web:80")).isEqualTo(new Target("web:80", "web", 80, 1));
    assertThat(Target.parse("[::1]:80*0.25")).isEqualTo(new Target("[::1]:80", "[::1]", 80, 0.25));
    assertThat(Target.parse("web:80*0").weight()).isZero();
    assertThatThrownBy(() -> Target.parse("web:80*1.5"))
        .hasMessageContaining("'web:80*1.5': a weight must be between 0 and 1");
    assertThatThrownBy(() -> Target.parse("web:80*")).hasMessageContaining("host:port*weight");
    assertThatThrownBy(() -> new StaticRuntime(List.of("localhost:1*0", "localhost:2*0")))
        .hasMessageContaining("needs a weight above 0");
    assertThatThrownBy(() -> new StaticRuntime(List.of("localhost:1*0.5", "localhost:1")))
        .hasMessageContaining("'localhost:1' is given twice");
  }

  @Test
  void whatIsNoTargetIsNamed() {
    assertThatThrownBy(() -> new StaticRuntime(List.of("localhost")))
        .hasMessageContaining("'localhost' is not of the form host:port");
    assertThatThrownBy(() -> new StaticRuntime(List.of("localhost:70000")))
        .hasMessageContaining("'localhost:70000' is not of the form host:port");
    assertThatThrownBy(() -> new StaticRuntime(List.of("localhost:1", "localhost:1")))
        .hasMessageContaining("given twice");
    assertThatThrownBy(() -> new StaticRuntime(List.of())).hasMessageContaining("at least one");
  }

  private static HttpServer serve(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
