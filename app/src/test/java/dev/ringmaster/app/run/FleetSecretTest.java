package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetSecretTest {
  @TempDir Path data;

  @Test
  void theSecretIsMadeOnceAndKept() throws Exception {
    byte[] made = FleetSecret.of(data, new SplittableRandom(1));
    assertThat(made).hasSize(16);
    assertThat(FleetSecret.of(data, new SplittableRandom(2))).isEqualTo(made);
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).containsExactly(data.resolve("secret"));
    }
  }

  @Test
  void noOneElseMayReadIt() throws Exception {
    FleetSecret.of(data, new SplittableRandom(1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secret"))))
        .isEqualTo("rw-------");
  }

  @Test
  void whatIsNoSecretIsNotUsed() throws Exception {
    Files.writeString(data.resolve("secret"), "short");
    assertThatThrownBy(() -> FleetSecret.of(data, new SplittableRandom(1)))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("is not 16 bytes long");
  }
}
