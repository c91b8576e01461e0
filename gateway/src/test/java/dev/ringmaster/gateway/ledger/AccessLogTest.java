package dev.ringmaster.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.gateway.settings.AccessLogTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
  private static final PrintStream UNUSED = new PrintStream(OutputStream.nullOutputStream());

  @TempDir private Path folder;
  private final LineBuffer buffer = new LineBuffer();

  private static Line line(String target) {
    return new Line(
        0, "127.0.0.1", "GET", target, 200, "S1", 0, 1, 512_000, 0, 480_000, 0, 58, null);
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLineIsOneJsonObject() {
    var out = new ByteArrayOutputStream();
    try (AccessLog log =
        AccessLog.start(
            new AccessLogTarget.StandardOutput(), List.of(buffer), new PrintStream(out, true))) {
      buffer.offer(line("/home"));
      assertThat(log.lost()).isZero();
    }
    assertThat(out.toString(StandardCharsets.US_ASCII))
        .isEqualTo(
            "{\"time\":\"1970-01-01T00:00:00Z\",\"client\":\"127.0.0.1\",\"method\":\"GET\","
                + "\"target\":\"/home\",\"status\":200,\"replica\":\"S1\",\"seat\":0,\"tries\":1,"
                + "\"duration_us\":512,\"connect_us\":0,\"first_byte_us\":480,\"bytes_in\":0,"
                + "\"bytes_out\":58}\n");
  }

  @Test
  void nothingThatAClientSendsEndsALineOrAString() {
    StringBuilder text = new StringBuilder();
    LineText.write(line("/\r\n\"\\\u0000\u00e9\u007f"), text);
    assertThat(text).contains("/\\u000d\\u000a\\\"\\\\\\u0000\\u00e9\\u007f");
    assertThat(text.toString().indexOf('\n')).isEqualTo(text.length() - 1);
  }

  @Test
  void aFullFileIsMovedAsideAndTheOldestGoes() throws Exception {
    Path path = folder.resolve("log");
    try (LogFile file = new LogFile(path, 10, 2)) {
      for (int i = 0; i < 5; i++) {
        file.write(StandardCharsets.US_ASCII.encode("line " + i + "\n"));
      }
    }
    assertThat(path).hasContent("line 4");
    assertThat(folder.resolve("log.1")).hasContent("line 3");
    assertThat(folder.resolve("log.2")).hasContent("line 2");
    assertThat(folder.resolve("log.3")).doesNotExist();
  }

  @Test
  void aFileThatOthersMovedIsMadeAnew() throws Exception {
    Path path = folder.resolve("log");
    try (AccessLog log = AccessLog.start(AccessLogTarget.File.of(path), List.of(buffer), UNUSED)) {
      buffer.offer(line("/1"));
      await().until(() -> read(path).contains("/1"));
      Files.delete(path);
      buffer.offer(line("/2"));
      await().until(() -> read(path).contains("/2"));
      assertThat(log.lost()).isZero();
    }
  }

  @Test
  void aDiskThatIsGoneCostsLinesAndNothingElse() throws Exception {
    Path gone = folder.resolve("gone");
    Path path = gone.resolve("log");
    try (AccessLog log = AccessLog.start(AccessLogTarget.File.of(path), List.of(buffer), UNUSED)) {
      buffer.offer(line("/lost"));
      await().until(() -> log.lost() == 1);
      Files.createDirectory(gone);
      await()
          .until(() -> {
            buffer.offer(line("/back"));
            return read(path).contains("/back");
          });
    }
    assertThat(read(path)).doesNotContain("/lost");
  }

  @Test
  void aBufferThatIsFullDropsAndCounts() {
    for (int i = 0; i < LineBuffer.CAPACITY + 5; i++) {
      buffer.offer(line("/"));
    }
    assertThat(buffer.dropped()).isEqualTo(5);
    assertThat(buffer.poll()).isNotNull();
    buffer.offer(line("/"));
    assertThat(buffer.dropped()).isEqualTo(5);
  }
}
