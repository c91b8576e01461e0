package dev.ringmaster.fleet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.fleet.health.HealthSettings;
import dev.ringmaster.fleet.process.ArgumentVector;
import dev.ringmaster.fleet.process.ProcessRuntime;
import dev.ringmaster.fleet.store.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
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

    ProcessHandle victim = process(fleet.view().replicas().get(1));
    long started = System.nanoTime();
    victim.destroyForcibly();
    await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE_S, SECONDS)
        .until(() -> fleet.stats().heals() == 1);
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

  @Test
  void aFleetSurvivesTheDeathOfRingmasterWithoutDoubles() throws Exception {
    DataDirectory data = DataDirectory.open(directory);
    Fleet first = start(data, settings(3).withLeaveRunning(true), "serve");
    first.ready().get(PATIENCE_S, SECONDS);
    FleetView before = first.add(1, List.of("web-a")).get(PATIENCE_S, SECONDS);
    first.close();
    ProcessHandle dead = process(before.replicas().get(0));
    dead.destroyForcibly();
    dead.onExit().get(PATIENCE_S, SECONDS);

    Fleet second = start(data, settings(3), "serve");
    second.ready().get(PATIENCE_S, SECONDS);

    FleetView after = second.view();
    assertThat(after.desired()).isEqualTo(4);
    assertThat(names(second)).hasSize(4).contains("S2", "S3", "web-a").doesNotContain("S1");
    for (int seat = 1; seat < 4; seat++) {
      assertThat(seated(after, seat).name()).isEqualTo(seated(before, seat).name());
      assertThat(seated(after, seat).address()).isEqualTo(seated(before, seat).address());
    }
    process(seated(after, 2)).destroyForcibly();
    await().atMost(PATIENCE_S, SECONDS).until(() -> !names(second).contains("S3"));
    await().atMost(PATIENCE_S, SECONDS).until(() -> second.view().serving() == 4);
  }

  @Test
  void aHungReplicaIsReplacedAndTheOthersAreLeftAlone() throws Exception {
    HealthSettings quick =
        new HealthSettings(
            "/", Duration.ofMillis(200), Duration.ofMillis(500), 2, 2, 0.1, Duration.ofSeconds(30));
    Fleet fleet = start(DataDirectory.open(directory), settings(2).withHealth(quick), "serve");
    fleet.ready().get(PATIENCE_S, SECONDS);

    signal("-STOP", process(seated(fleet.view(), 0)));

    await().atMost(PATIENCE_S, SECONDS).until(() -> fleet.stats().kills() == 1);
    await().atMost(PATIENCE_S, SECONDS).until(() -> fleet.view().serving() == 2);
    assertThat(seated(fleet.view(), 0).name()).isNotEqualTo("S1");
    assertThat(seated(fleet.view(), 1).name()).isEqualTo("S2");
  }

  @Test
  void aSpareTakesTheSeatOfADeadReplica() throws Exception {
    Fleet fleet = start(DataDirectory.open(directory), settings(2).withSpares(1), "serve");
    fleet.ready().get(PATIENCE_S, SECONDS);
    await().atMost(PATIENCE_S, SECONDS).until(() -> serving(fleet) == 3);
    String spare = fleet.view().replicas().get(2).name();

    ProcessHandle victim = process(seated(fleet.view(), 0));
    long killedNs = System.nanoTime();
    victim.destroyForcibly();

    await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE_S, SECONDS)
        .until(() -> fleet.stats().heals() == 1);
    System.out.println(
        "kill -9 to a spare on the seat: " + (System.nanoTime() - killedNs) / 1_000_000 + " ms");
    assertThat(seated(fleet.view(), 0).name()).isEqualTo(spare);
    await().atMost(PATIENCE_S, SECONDS).until(() -> serving(fleet) == 3);
  }

  @Test
  void whatAReplicaStartsEndsWithIt() throws Exception {
    Fleet fleet = start(DataDirectory.open(directory), settings(1), "parent");
    fleet.ready().get(PATIENCE_S, SECONDS);
    int port = fleet.view().replicas().getFirst().address().getPort();
    assertThat(processes(port)).hasSize(2);

    fleet.close();

    assertThat(processes(port)).isEmpty();
  }

  @Test
  void aProgramThatDoesNotExistIsNamed() throws Exception {
    Fleet fleet = startCommand(settings(1), List.of("no-such-program-here"));
    assertThatThrownBy(() -> fleet.ready().get(PATIENCE_S, SECONDS))
        .hasMessageContaining("S1 does not start")
        .hasMessageContaining("'no-such-program-here' is not found in PATH");
  }

  @Test
  void aProgramThatExitsAtOnceIsToldWithItsLastLines() throws Exception {
    Fleet fleet = start(DataDirectory.open(directory), settings(1), "exit");
    assertThatThrownBy(() -> fleet.ready().get(PATIENCE_S, SECONDS))
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("cannot find my settings");
    await()
        .atMost(PATIENCE_S, SECONDS)
        .until(() -> fleet.view().replicas().getFirst().note().startsWith("starts in"));
    assertThat(fleet.view().replicas().getFirst().note()).contains("exit code 3");
  }

  @Test
  void aProgramThatListensElsewhereIsToldWhere() throws Exception {
    HealthSettings hasty =
        new HealthSettings(
            "/", Duration.ofSeconds(2), Duration.ofSeconds(1), 3, 2, 0.1, Duration.ofSeconds(4));
    Fleet fleet = start(DataDirectory.open(directory), settings(1).withHealth(hasty), "elsewhere");
    assertThatThrownBy(() -> fleet.ready().get(PATIENCE_S, SECONDS))
        .hasMessageContaining("did not answer its heartbeat within 4 s")
        .hasMessageMatching("(?s).*listens on port [0-9]+, not on [0-9]+.*");
  }

  @Test
  void outputIsBounded() throws Exception {
    Fleet fleet = start(DataDirectory.open(directory), settings(1), "chatter");
    fleet.ready().get(PATIENCE_S, SECONDS);
    Path log = directory.resolve("replicas/S1.log");
    await().atMost(PATIENCE_S, SECONDS).until(() -> Files.size(log) < 1 << 20);
    assertThat(directory.resolve("replicas/S1.log.1")).hasSize(1 << 20);
  }

  @Test
  void commandsSideBySideAllCount() throws Exception {
    Fleet fleet = startCommand(settings(3), ReplicaProgram.vector("{port}", "serve"));
    fleet.ready().get(PATIENCE_S, SECONDS);
    List<CompletableFuture<FleetView>> replies = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      replies.add(fleet.add(1, List.of()));
    }
    replies.add(fleet.remove(2, List.of()));
    for (CompletableFuture<FleetView> reply : replies) {
      reply.handle((view, failure) -> view).get(PATIENCE_S, SECONDS);
    }
    assertThat(fleet.view().desired()).isEqualTo(6);
    await().atMost(PATIENCE_S, SECONDS).until(() -> fleet.view().serving() == 6);
  }

  private Fleet startCommand(FleetSettings settings, List<String> words) throws Exception {
    return start(DataDirectory.open(directory), settings, new ArgumentVector(words));
  }

  private static long serving(Fleet fleet) {
    return fleet.view().replicas().stream()
        .filter(replica -> replica.state() == ReplicaState.SERVING)
        .count();
  }

  private static Replica seated(FleetView view, int seat) {
    return Objects.requireNonNull(view.seats().get(seat));
  }

  private static void signal(String signal, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
  }

  private Fleet start(DataDirectory data, FleetSettings settings, String what) throws Exception {
    return start(data, settings, new ArgumentVector(ReplicaProgram.vector("{port}", what)));
  }

  private Fleet start(DataDirectory data, FleetSettings settings, ArgumentVector command)
      throws Exception {
    open.add(data);
    ProcessRuntime runtime =
        new ProcessRuntime(settings.service(), command, Map.of(), directory.resolve("replicas"));
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
    return processes(replica.address().getPort()).getFirst();
  }

  private static List<ProcessHandle> processes(int port) {
    return ProcessHandle.allProcesses().filter(handle -> runsOn(handle, port)).toList();
  }

  private static boolean runsOn(ProcessHandle handle, int port) {
    return handle.info().commandLine().orElse("").contains("ReplicaProgram " + port);
  }
}
