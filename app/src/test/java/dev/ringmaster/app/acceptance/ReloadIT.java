package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The settings are read again under load, by each way to ask for it, and no request is lost.
class ReloadIT {
  private static final int REQUESTS = 60_000;
  private static final int CONNECTIONS = 8;

  @TempDir Path directory;

  @Test
  void threeReloadsUnderLoadLoseNoRequest() throws Exception {
    write("  users: { replicas: 2 }", "  - { service: users }");
    try (RunningRingmaster running =
            RunningRingmaster.start(directory, "--reload-on-change", "true");
        Storm storm = Storm.begin(running.traffic().resolve("/home"), REQUESTS, CONNECTIONS)) {
      await().until(() -> storm.done() > REQUESTS / 20);

      write("  users: { replicas: 3 }", "  - { service: users }");
      assertThat(running.command("/api/reload", "").statusCode()).isEqualTo(200);
      awaitReloads(running, "services.users.replicas: 2 -> 3");

      write(
          "  users: { replicas: 3 }",
          "  assets: { replicas: 1 }",
          "  - { path: /assets, service: assets }",
          "  - { service: users }");
      RunningRingmaster.signal("HUP", running.process());
      awaitReloads(running, "service assets: added");

      write("  users: { replicas: 3, key: uri }", "  - { service: users }");
      awaitReloads(running, "service assets: removed");

      assertThat(storm.done()).as("requests before the last reload ended").isLessThan(REQUESTS);
      assertThat(storm.end()).isEqualTo(Map.of("200", REQUESTS));
    }
  }

  @Test
  void aWrongFileIsRefusedAsAWholeAndTheOldSettingsHold() throws Exception {
    write("  users: { replicas: 1 }", "  - { service: users }");
    try (RunningRingmaster running = RunningRingmaster.start(directory)) {
      write("  users: { replicas: 2 }", "  - { service: usres }");
      HttpResponse<String> refused = running.command("/api/reload", "");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("unknown service 'usres'; did you mean 'users'?");
      assertThat(running.api("/api/status").path("N").intValue()).isEqualTo(1);
      assertThat(running.get("/home").statusCode()).isEqualTo(200);
      assertThat(running.log()).contains("Settings refused (POST /api/reload)");
    }
  }

  @Test
  void whatNeedsARestartIsRefusedByName() throws Exception {
    write("  users: { replicas: 1 }", "  - { service: users }");
    try (RunningRingmaster running = RunningRingmaster.start(directory)) {
      write("  users: { replicas: 2, spares: 1 }", "  - { service: users }");
      HttpResponse<String> refused = running.command("/api/reload", "");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("services.users.spares: 0 -> 1: needs a restart");
      assertThat(running.api("/api/status").path("N").intValue()).isEqualTo(1);
    }
  }

  private static void awaitReloads(RunningRingmaster running, String change) {
    await()
        .atMost(RunningRingmaster.PATIENCE)
        .untilAsserted(
            () -> assertThat(running.log()).contains("Settings reloaded").contains(change));
  }

  /// Replaces the file at once: lines that begin with a dash are routes, the others services.
  private void write(String... lines) throws IOException {
    StringBuilder text = new StringBuilder("services:\n");
    boolean routes = false;
    for (String line : lines) {
      if (line.startsWith("  -") && !routes) {
        text.append("routes:\n");
        routes = true;
      }
      text.append(line).append('\n');
    }
    Path fresh = directory.resolve("ringmaster.yaml.new");
    Files.writeString(fresh, text);
    Files.move(fresh, directory.resolve("ringmaster.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }
}
