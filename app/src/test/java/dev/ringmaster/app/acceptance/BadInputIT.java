package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.app.acceptance.Program.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong is told in one clear line, with an exit code that says which kind it is.
class BadInputIT {
  @TempDir Path directory;

  @Test
  void anUnknownCommandNamesTheNearest() throws Exception {
    Outcome outcome = Program.run(directory, "upp");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("unknown command 'upp'; did you mean 'up'?");
  }

  @Test
  void anUnknownFlagNamesTheNearest() throws Exception {
    Outcome outcome = up("--replica", "3");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("unknown flag '--replica'; did you mean '--replicas'?");
  }

  @Test
  void wrongSettingsAreToldWithTheirPlacesAndNothingIsMade() throws Exception {
    Path file = directory.resolve("my.yaml");
    Files.writeString(file, "replica: 3\nhealth:\n  interval: 2\n");
    Outcome outcome = up("-f", file.toString(), "--spares", "x");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .containsExactlyInAnyOrder(
            file + ":1: unknown key 'replica'; did you mean 'replicas'?",
            file
                + ":3: health.interval: expected a time from 1ms to 1h, such as 250ms, 2s or 1m,"
                + " found '2'",
            "--spares: expected a whole number from 0 to 65536, found 'x'");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void aPortInUseIsNamedWithItsHolder() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Outcome outcome =
          Program.run(
              directory, "up", "--address", "127.0.0.1", "--port", port, "--admin-port", "0");
      assertThat(outcome.exitCode()).isEqualTo(3);
      assertThat(outcome.err())
          .contains("port " + port + " is in use by ")
          .contains("process " + ProcessHandle.current().pid())
          .contains("--port");
      assertThat(directory.resolve("data")).doesNotExist();
    }
  }

  @Test
  void aDataDirectoryOfAnotherVersionIsLeftAlone() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(data.resolve("version"), "99\n");
    Outcome outcome = up();
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).contains("./data").contains("version 99");
    assertThat(data.resolve("replicas")).doesNotExist();
  }

  @Test
  void aSchemeWithoutRoomForAllReplicasIsToldBeforeAnyStarts() throws Exception {
    Outcome outcome = up("--scheme", "classic", "--replicas", "57");
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).contains("server 57 finds no slot");
  }

  @Test
  void aDataDirectoryThatCannotBeWrittenIsNamed() throws Exception {
    Outcome outcome = Program.run(directory, free("--data", "/proc/ringmaster"));
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).contains("/proc/ringmaster");
  }

  @Test
  void aDataDirectoryInUseIsRefusedAndItsHolderGoesOn() throws Exception {
    try (RunningRingmaster first = RunningRingmaster.start(directory, "--replicas", "1")) {
      Outcome outcome = up();
      assertThat(outcome.exitCode()).isEqualTo(3);
      assertThat(outcome.err()).contains("in use").contains(Long.toString(first.process().pid()));
      assertThat(first.get("/home").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aClientWithoutARingmasterSaysSo() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Outcome outcome = Program.run(directory, "status", "--console", "127.0.0.1:" + port);
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).contains("no Ringmaster answers at http://127.0.0.1:" + port);
  }

  @Test
  void aCommandThatDoesNotExistIsTold() throws Exception {
    failsToServe("/no/such/program {port}", "/no/such/program");
  }

  @Test
  void aCommandThatExitsAtOnceIsToldWithItsLastWords() throws Exception {
    failsToServe("sh -c 'echo out of cheese; exit 7'", "exit code 7", "out of cheese");
  }

  @Test
  void aCommandThatNeverListensIsTold() throws Exception {
    failsToServe("sleep 600", "did not answer its heartbeat within 3 s", "it listens on no port");
  }

  @Test
  void aCommandThatListensElsewhereIsToldWhere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    failsToServe("python3 -m http.server " + port, Integer.toString(port));
  }

  /// Ringmaster starts, says why no replica serves, answers 503 and stops cleanly.
  private void failsToServe(String command, String... reasons) throws Exception {
    try (RunningRingmaster ringmaster =
        RunningRingmaster.start(
            directory,
            "--replicas",
            "1",
            "--health-start-timeout",
            "3s",
            "--timeouts-heal",
            "100ms",
            "--command",
            command)) {
      assertThat(ringmaster.readyLine()).contains("(0 of 1 replica of web)");
      assertThat(ringmaster.log()).contains(reasons);
      assertThat(ringmaster.get("/home").statusCode()).isEqualTo(503);
      assertThat(ringmaster.stop()).isZero();
    }
  }

  private Outcome up(String... flags) throws Exception {
    return Program.run(directory, free(flags));
  }

  private static String[] free(String... flags) {
    String[] all = new String[flags.length + 7];
    String[] first = {"up", "--address", "127.0.0.1", "--port", "0", "--admin-port", "0"};
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(flags, 0, all, first.length, flags.length);
    return all;
  }
}
