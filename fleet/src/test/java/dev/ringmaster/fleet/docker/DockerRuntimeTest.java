package dev.ringmaster.fleet.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The runtime on a real engine.
@NeedsDocker
final class DockerRuntimeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Rig rig;

  @BeforeAll
  static void buildImage() throws IOException, InterruptedException {
    Rig.buildImage();
  }

  @BeforeEach
  void connect() throws StartFailure {
    rig = new Rig(Map.of());
  }

  @AfterEach
  void leaveNothing() {
    rig.close();
  }

  @Test
  void aReplicaHasTheContractsNameHostNameAliasAndEnvironment() throws Exception {
    DockerRuntime runtime = rig.connect();
    Instance instance = runtime.start(rig.launch("S7"));
    String name = "S7-" + rig.tag;
    assertThat(instance.name()).isEqualTo(name);
    await().atMost(PATIENCE).until(() -> Rig.ask(instance).equals("S7 " + name));
    InspectContainerResponse container = rig.docker().inspectContainerCmd(name).exec();
    assertThat(container.getId()).isEqualTo(instance.handle());
    assertThat(container.getConfig().getHostName()).isEqualTo(name);
    assertThat(container.getConfig().getEnv()).contains("SERVER_ID=S7", "PORT=5000");
    var attached = container.getNetworkSettings().getNetworks();
    assertThat(attached).containsOnlyKeys(rig.settings.network());
    assertThat(attached.values()).allSatisfy(one -> assertThat(one.getAliases()).contains(name));
    assertThat(container.getNetworkSettings().getPorts().getBindings().values())
        .allMatch(bindings -> bindings == null);
    assertThat(runtime.diagnose(instance)).isEmpty();
  }

  @Test
  void aKilledReplicaIsHeardOfOnceWithItsSignal() throws Exception {
    DockerRuntime runtime = rig.connect();
    Instance instance = runtime.start(rig.launch("S1"));
    rig.docker().killContainerCmd(instance.handle()).exec();
    await().atMost(PATIENCE).until(() -> !rig.exits.isEmpty());
    await().atMost(PATIENCE).until(() -> !rig.exists(instance.handle()));
    runtime.stop(instance, Duration.ofSeconds(1));
    assertThat(rig.exits).containsExactly(new Exit(instance, "signal 9"));
  }

  @Test
  void aRemovedReplicaIsHeardOfOnce() throws Exception {
    Instance instance = rig.connect().start(rig.launch("S1"));
    rig.docker().removeContainerCmd(instance.handle()).withForce(true).exec();
    await().atMost(PATIENCE).until(() -> !rig.exits.isEmpty());
    assertThat(rig.exits).singleElement().extracting(Exit::instance).isEqualTo(instance);
  }

  @Test
  void aPausedReplicaLivesAndCanStillBeStopped() throws Exception {
    DockerRuntime runtime = rig.connect();
    Instance instance = runtime.start(rig.launch("S1"));
    rig.docker().pauseContainerCmd(instance.handle()).exec();
    assertThat(runtime.diagnose(instance)).isEqualTo("its container is paused");
    assertThat(rig.exits).isEmpty();
    runtime.stop(instance, Duration.ofSeconds(1));
    assertThat(rig.exists(instance.handle())).isFalse();
  }

  @Test
  void aPausedReplicaCanBeEndedAtOnce() throws Exception {
    DockerRuntime runtime = rig.connect();
    Instance instance = runtime.start(rig.launch("S1"));
    rig.docker().pauseContainerCmd(instance.handle()).exec();
    runtime.stop(instance, Duration.ZERO);
    assertThat(rig.exists(instance.handle())).isFalse();
    await().atMost(PATIENCE).until(() -> rig.exits.size() == 1);
  }

  @Test
  void theNextRingmasterAdoptsWhatRunsAndRemovesWhatEnded() throws Exception {
    DockerRuntime first = rig.connect();
    Instance running = first.start(rig.launch("S1"));
    Instance ended = first.start(rig.launch("S2"));
    first.close();
    rig.docker().killContainerCmd(ended.handle()).exec();
    assertThat(Rig.ask(running)).isNotEmpty();
    DockerRuntime second = rig.connect();
    assertThat(second.adopt()).containsExactly(running);
    assertThat(rig.exists(ended.handle())).isFalse();
    rig.docker().killContainerCmd(running.handle()).exec();
    await().atMost(PATIENCE).until(() -> rig.exits.contains(new Exit(running, "signal 9")));
  }

  @Test
  void anotherFleetsReplicasAreNotAdopted() throws Exception {
    rig.connect().start(rig.launch("S1"));
    try (Rig other = new Rig(Map.of())) {
      assertThat(other.connect().adopt()).isEmpty();
    }
  }

  @Test
  void aNameTakenBySomeoneElseIsRefusedAndLeftAlone() throws Exception {
    DockerRuntime runtime = rig.connect();
    try (Rig other = new Rig(Map.of())) {
      Instance taken = other.connect().start(rig.launch("S1"));
      assertThatThrownBy(() -> runtime.start(rig.launch("S1")))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("a container that is not of this fleet has the name S1-" + rig.tag);
      assertThat(other.exists(taken.handle())).isTrue();
    }
  }

  @Test
  void aNameHeldByALeftoverOfThisFleetIsTakenOver() throws Exception {
    DockerRuntime runtime = rig.connect();
    String leftover =
        rig.docker()
            .createContainerCmd(Rig.IMAGE)
            .withName("S1-" + rig.tag)
            .withLabels(Labels.ofContainer(rig.settings))
            .exec()
            .getId();
    Instance instance = runtime.start(rig.launch("S1"));
    assertThat(rig.exists(leftover)).isFalse();
    assertThat(instance.handle()).isNotEqualTo(leftover);
  }

  @Test
  void anImageThatIsNotThereIsNamed() {
    DockerSettings missing = DockerSettings.of("web", rig.tag, "no-such-image-" + rig.tag);
    assertThatThrownBy(() -> DockerRuntime.connect(missing))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no image no-such-image-" + rig.tag)
        .hasMessageContaining("docker pull");
  }

  @Test
  void aNetworkThatVanishedIsMadeAgain() throws Exception {
    DockerRuntime runtime = rig.connect();
    rig.docker().removeNetworkCmd(rig.settings.network()).exec();
    Instance instance = runtime.start(rig.launch("S1"));
    await().atMost(PATIENCE).until(() -> Rig.ask(instance).startsWith("S1 "));
  }

  @Test
  void aNetworkSomeoneElseMadeIsLeft() throws Exception {
    String network = "net-" + rig.tag;
    rig.docker().createNetworkCmd().withName(network).exec();
    try (DockerRuntime runtime = DockerRuntime.connect(rig.settings)) {
      runtime.stop(runtime.start(rig.launch("S1")), Duration.ZERO);
    }
    assertThat(rig.networkExists()).isTrue();
    rig.docker().removeNetworkCmd(network).exec();
  }

  @Test
  void aReplicaThatEndsAtOnceSaysWhatItWrote() throws Exception {
    try (Rig failing = new Rig(Map.of("MODE", "fail"))) {
      DockerRuntime runtime = failing.connect();
      String why;
      try {
        Instance instance = runtime.start(failing.launch("S1"));
        await().atMost(PATIENCE).until(() -> !failing.exits.isEmpty());
        why = failing.exits.getFirst().reason() + runtime.lastOutput(instance, 3);
      } catch (StartFailure atOnce) {
        why = atOnce.getMessage();
      }
      assertThat(why).contains("exit code 7", "this replica was told to fail");
      await()
          .atMost(PATIENCE)
          .until(() -> new Containers(failing.engine, failing.settings).list().isEmpty());
    }
  }

  @Test
  void ofALongOutputTheLastLinesAreKept() throws Exception {
    try (Rig talking = new Rig(Map.of("MODE", "talk"))) {
      DockerRuntime runtime = talking.connect();
      Instance instance = runtime.start(talking.launch("S1"));
      List<String> last = List.of("line 999", "line 1000");
      await().atMost(PATIENCE).until(() -> runtime.lastOutput(instance, 2).equals(last));
      talking.docker().killContainerCmd(instance.handle()).exec();
      await().atMost(PATIENCE).until(() -> !talking.exists(instance.handle()));
      assertThat(runtime.lastOutput(instance, 2)).isEqualTo(last);
    }
  }
}
