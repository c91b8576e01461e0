package dev.ringmaster.fleet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.runtime.process.ArgumentVector;
import dev.ringmaster.fleet.runtime.process.ProcessRuntime;
import dev.ringmaster.fleet.store.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fleets of real processes.
class FleetOfProcessesTest {
  private static final int PATIENCE_S = 60;

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void aFleetStartsHealsGrowsShrinksAndLeavesNothing() throws Exception {
    DataDirectory data = DataDirectory.open(directory);
    Fleet fleet = start(data, settings(3), "serve");
    fleet.ready().get(PATIENCE_S, SECONDS);
    assertThat(names(fleet)).containsExactly("S1", "S2", "S3");
    assertThat(fleet.view().table().roster().live()).isEqualTo(3);

    long started = System.nanoTime();
    process(fleet.view().replicas().get(1)).destroyForcibly();
    await().atMost(PATIENCE_S, SECONDS).until(() -> fleet.stats().heals() == 1);
    System.out.println(
        "kill -9 to N serving: "
            + fleet.stats().recentHealsNs().getFirst() / 1_000_000
            + " ms as the supervisor saw it, "
            + (System.nanoTime() - started) / 1_000_000
            + " ms from outside");
    assertThat(names(fleet)).hasSize(3).contains("S1", "S3").doesNotContain("S2");
    assertThat(fleet.view().seats().get(1).name()).matches("S[0-9]{6}");

    FleetView grown = fleet.add(2, List.of("web-a")).get(PATIENCE_S, SECONDS);
    assertThat(grown.serving()).isEqualTo(5);
    assertThat(grown.replicas().get(3).name()).isEqualTo("web-a");

    FleetView shrunk = fleet.remove(2, List.of("S1")).get(PATIENCE_S, SECONDS);
    assertThat(shrunk.desired()).isEqualTo(3);
    assertThat(shrunk.serving()).isEqualTo(3);
    await().atMost(PATIENCE_S, SECONDS).until(() -> fleet.view().replicas().size() == 3);

    List<ProcessHandle> processes =
        fleet.view().replicas().stream().map(FleetOfProcessesTest::process).toList();
    fleet.close();
    data.close();
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    try (Stream<Path> files = Files.list(directory.resolve("replicas"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".process"));
    }
  }

  private Fleet start(DataDirectory data, FleetSettings settings, String what) throws Exception {
    ProcessRuntime runtime =
        new ProcessRuntime(
            settings.service(),
            new ArgumentVector(ReplicaProgram.vector("{port}", what)),
            Map.of(),
            directory.resolve("replicas"));
    Fleet fleet = Fleet.start(settings, runtime, data, System::nanoTime, new SplittableRandom(1));
    open.add(fleet);
    return fleet;
  }

  private static FleetSettings settings(int replicas) {
    return FleetSettings.of("web", replicas)
        .withStops(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  private static List<String> names(Fleet fleet) {
    return fleet.view().replicas().stream().map(Replica::name).toList();
  }

  private static ProcessHandle process(Replica replica) {
    return ProcessHandle.allProcesses()
        .filter(handle ->
            handle
                .info()
                .commandLine()
                .map(line -> line.contains("ReplicaProgram " + replica.address().getPort()))
                .orElse(false))
        .findFirst()
        .orElseThrow();
  }
}
