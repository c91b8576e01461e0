package dev.ringmaster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabSettingsTest {
  @TempDir Path out;

  @Test
  void experimentsAreKnownByTheContractsNames() {
    assertThat(Experiment.named("A-1")).isEqualTo(Experiment.A1);
    assertThat(Experiment.named(" a3 ")).isEqualTo(Experiment.A3);
    assertThatThrownBy(() -> Experiment.named("A-5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A-1, A-2, A-3 and A-4");
  }

  @Test
  void numbersOutOfRangeAreRefusedWithTheirRange() {
    assertThatThrownBy(() -> settings(List.of("x"), 99, 100, 3))
        .hasMessage("requests is 99; it must be 100 to 10000000");
    assertThatThrownBy(() -> settings(List.of("x"), 1000, 0, 3))
        .hasMessageContaining("connections");
    assertThatThrownBy(() -> settings(List.of("x"), 1000, 1, 40)).hasMessageContaining("2 to 39");
    assertThatThrownBy(() -> settings(List.of(), 1000, 1, 3)).hasMessageContaining("a program");
  }

  @Test
  void aProductThatDoesNotStartEndsTheLabWithItsReason() {
    List<String> program = List.of("/bin/sh", "-c", "echo 'no such engine'; exit 3", "x");
    LabResult result =
        Lab.run(
            settings(program, 100, 1, 2),
            new PrintStream(PrintStream.nullOutputStream()),
            false,
            InstantSource.system());
    assertThat(result)
        .isInstanceOfSatisfying(
            LabResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("exit code 3", "no such engine"));
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatCannotBeEndsTheLabBeforeAnythingIsStarted() throws Exception {
    Path file = Files.createFile(out.resolve("taken"));
    Path started = out.resolve("started");
    LabSettings settings =
        new LabSettings(
            List.of("/bin/sh", "-c", "touch " + started, "x"),
            file,
            Set.of(Experiment.A1),
            100,
            1,
            2,
            null,
            1,
            true);
    LabResult result =
        Lab.run(
            settings,
            new PrintStream(PrintStream.nullOutputStream()),
            false,
            InstantSource.system());
    assertThat(result)
        .isInstanceOfSatisfying(
            LabResult.Failed.class, failed -> assertThat(failed.reason()).contains("taken"));
    assertThat(started).doesNotExist();
  }

  private LabSettings settings(List<String> program, int requests, int connections, int replicas) {
    return new LabSettings(
        program, out, Set.of(Experiment.A1), requests, connections, replicas, null, 1, true);
  }
}
