package dev.ringmaster.fleet.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
  @TempDir Path directory;
  private OutputFiles files;

  @BeforeEach
  void open() {
    files = new OutputFiles(directory);
  }

  @Test
  void theLastLinesAreShownOldestFirstWithoutControlCharacters() throws IOException {
    Files.writeString(files.of("S1"), "one\ntwo\n\nth\u0007ree\r\nfour\n");
    assertThat(files.tail("S1", 2)).containsExactly("th ree", "four");
    assertThat(files.tail("S1", 9)).containsExactly("one", "two", "th ree", "four");
    assertThat(files.tail("nobody", 3)).isEmpty();
  }

  @Test
  void longLinesAreCutAndOldOnesNotRead() throws IOException {
    Files.writeString(files.of("S1"), "old\n".repeat(10_000) + "x".repeat(1000) + "\n");
    assertThat(files.tail("S1", 1).getFirst()).hasSize(401).endsWith("x…");
    assertThat(files.tail("S1", 1_000_000)).hasSizeLessThan(5_000);
  }

  @Test
  void whatPassesTheLimitIsCopiedAsideAndCut() throws IOException {
    Files.writeString(files.of("S1"), "small");
    files.bound("S1");
    assertThat(files.of("S1")).hasContent("small");

    String much = "0123456789".repeat((int) (OutputFiles.LIMIT_BYTES / 10) + 1);
    Files.writeString(files.of("S1"), much);
    files.bound("S1");
    assertThat(files.of("S1")).isEmptyFile();
    assertThat(Files.size(directory.resolve("S1.log.1"))).isEqualTo(OutputFiles.LIMIT_BYTES);
    assertThat(much).endsWith(Files.readString(directory.resolve("S1.log.1")));
    files.bound("nobody");
  }

  @Test
  void filesOfTheLivingAndOfTheNewestDeadAreKept() throws IOException {
    for (int i = 0; i < 40; i++) {
      Files.writeString(files.of("dead-" + i), "x");
      Files.setLastModifiedTime(files.of("dead-" + i), FileTime.fromMillis(1_000_000L + i * 1000L));
    }
    Files.writeString(files.of("living"), "x");
    Files.setLastModifiedTime(files.of("living"), FileTime.fromMillis(1));
    files.forget(Set.of("living"));
    assertThat(files.of("living")).exists();
    assertThat(files.of("dead-39")).exists();
    assertThat(files.of("dead-8")).exists();
    assertThat(files.of("dead-7")).doesNotExist();
  }
}
