package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server not written here, behind one flag.
class ForeignServerIT {
  @TempDir Path directory;

  @Test
  void pythonServesBehindOneFlag() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    try (RunningRingmaster ringmaster =
        RunningRingmaster.start(directory, "--command", "/usr/bin/python3 -m http.server {port}")) {
      assertThat(ringmaster.readyLine()).contains("(3 replicas of web)");
      assertThat(ringmaster.get("/").statusCode()).isEqualTo(200);
      assertThat(ringmaster.get("/").body()).contains("Directory listing");
      assertThat(ringmaster.get("/nothing").statusCode()).as("its own 404").isEqualTo(404);
      assertThat(ringmaster.get("/rep").body()).contains("\"N\":3");
    }
  }

  @Test
  void serversThatRunAlreadyAreTargets() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (RunningRingmaster owner = RunningRingmaster.start(other, "--replicas", "2");
        RunningRingmaster ringmaster =
            RunningRingmaster.start(directory, "--targets", targets(owner))) {
      assertThat(ringmaster.readyLine()).contains("(2 replicas of web)");
      assertThat(ringmaster.get("/home").statusCode()).isEqualTo(200);
      assertThat(ringmaster.stop()).isZero();
      assertThat(owner.get("/home").statusCode()).as("targets run on").isEqualTo(200);
    }
  }

  private static String targets(RunningRingmaster owner) throws Exception {
    StringBuilder targets = new StringBuilder();
    for (var replica : owner.api("/api/status").path("replicas")) {
      targets.append(targets.isEmpty() ? "" : ",").append(replica.path("address").textValue());
    }
    return targets.toString();
  }
}
