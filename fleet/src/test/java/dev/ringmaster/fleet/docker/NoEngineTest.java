package dev.ringmaster.fleet.docker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.fleet.runtime.StartFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NoEngineTest {
  @Test
  void anEngineThatIsNotThereIsSaidWithWhatToDo(@TempDir Path dir) {
    String socket = "unix://" + dir.resolve("docker.sock");
    DockerSettings settings =
        new DockerSettings("web", "f", "image", 5000, "net1", URI.create(socket), Map.of());
    assertThatThrownBy(() -> DockerRuntime.connect(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "no Docker engine answers at " + socket + ": start it, or use --runtime process");
  }
}
