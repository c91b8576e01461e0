package dev.ringmaster.lab.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingmasterTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path scratch;

  private final Children children = new Children();

  @Test
  void aProgramThatEndsBeforeItIsReadyIsAFailureWithItsLastLines() {
    Program program = shell("echo one; echo 'port 5000 is in use' >&2; exit 3");
    assertThatThrownBy(() -> Ringmaster.up(program, List.of("--replicas", "3")))
        .isInstanceOf(ProductFailure.class)
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("--replicas 3")
        .hasMessageContaining("port 5000 is in use");
    await().atMost(LONG).until(() -> children.count() == 0);
  }

  @Test
  void aProgramThatDoesNotExistIsAFailure() {
    Program program = new Program(List.of("/no/such/program"), scratch, children);
    assertThatThrownBy(() -> Ringmaster.up(program, List.of()))
        .isInstanceOf(ProductFailure.class)
        .hasMessageContaining("/no/such/program");
  }

  @Test
  void aReadyLineEndsTheWaitAndClosingStopsTheProgram() throws Exception {
    Program program =
        shell(
            "echo 'Ringmaster is ready: http://localhost:1 (3 replicas of web), console"
                + " http://127.0.0.1:2'; exec sleep 600");
    Ringmaster ringmaster = Ringmaster.up(program, List.of());
    assertThat(children.count()).isEqualTo(1);
    assertThat(ringmaster.traffic().getAddress().isLoopbackAddress()).isTrue();
    assertThat(ringmaster.traffic().getPort()).isEqualTo(1);
    ringmaster.close();
    await().atMost(LONG).until(() -> children.count() == 0);
  }

  @Test
  void aReadyLineWithoutPortsIsAFailureAndNothingRunsOn() {
    Program program = shell("echo 'Ringmaster is ready: soon'; exec sleep 600");
    assertThatThrownBy(() -> Ringmaster.up(program, List.of()))
        .isInstanceOf(ProductFailure.class)
        .hasMessageContaining("names no two ports: Ringmaster is ready: soon");
    await().atMost(LONG).until(() -> children.count() == 0);
  }

  @Test
  void aPortIsGivenOnce() throws Exception {
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      assertThat(given.add(FreePort.next().getPort())).isTrue();
    }
  }

  @Test
  void allChildrenStopTogether() throws Exception {
    Program program = shell("exec sleep 600");
    program.start(List.of(), java.util.Map.of());
    program.start(List.of(), java.util.Map.of());
    assertThat(children.count()).isEqualTo(2);
    children.stopAll(LONG);
    await().atMost(LONG).until(() -> children.count() == 0);
  }

  /// The arguments that `up` adds become the script's own, which it ignores.
  private Program shell(String script) {
    return new Program(List.of("/bin/sh", "-c", script, "ringmaster"), scratch, children);
  }
}
