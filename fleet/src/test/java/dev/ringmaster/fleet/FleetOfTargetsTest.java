package dev.ringmaster.fleet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.ringmaster.fleet.fixed.StaticRuntime;
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
