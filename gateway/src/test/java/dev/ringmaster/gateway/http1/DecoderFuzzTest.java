package dev.ringmaster.gateway.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fuzzes the decoder, guided by coverage, from the messages of the tables and the inputs that
/// earlier runs found worth keeping (`decoder.corpus`, one in hexadecimal a line).
///
/// `-Dfuzz.seconds=600` runs longer; `-Dfuzz.keep=true` writes what it found into the corpus. An
/// input that breaks a property is printed and fails the test; it belongs into the corpus then.
class DecoderFuzzTest {
  private static final Path CORPUS =
      Path.of("src/test/resources/dev/ringmaster/gateway/http1/decoder.corpus");
  private static final int LONGEST_BYTES = 2048;

  // The kinds of DecoderFuzz.
  private static final int REQUEST = 0;
  private static final int ANSWER = 1;
  private static final int BODY = 2;

  @TempDir Path directory;

  @Test
  void whatEarlierRunsFoundStillHolds() throws IOException {
    List<byte[]> kept = kept();
    assertThat(kept).isNotEmpty();
    kept.forEach(DecoderFuzz::fuzzerTestOneInput);
  }

  @Test
  void aRunFindsNothing() throws Exception {
    Path seeds = Files.createDirectory(directory.resolve("seeds"));
    Path found = Files.createDirectory(directory.resolve("found"));
    int number = 0;
    for (byte[] seed : seeds()) {
      Files.write(seeds.resolve("seed" + number++), seed);
    }
    String seconds = System.getProperty("fuzz.seconds", "10");
    run(found.toString(), seeds.toString(), "-max_total_time=" + seconds);
    if (Boolean.getBoolean("fuzz.keep")) {
      Path least = Files.createDirectory(directory.resolve("least"));
      run("-merge=1", least.toString(), found.toString(), seeds.toString());
      keep(least);
    }
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Jazzer.class.getName()));
    command.add("--target_class=" + DecoderFuzz.class.getName());
    command.add("--instrumentation_includes=" + Head.class.getPackageName() + ".**");
    command.add("--custom_hook_includes=" + Head.class.getPackageName() + ".**");
    command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer");
    command.add("-max_len=" + LONGEST_BYTES);
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", crashes(), tail(output)).isZero();
    assertThat(output).as("what was covered").contains("cov: ");
    System.out.println(lastCount(output));
  }

  /// The inputs that broke a property, as the corpus has them.
  private List<String> crashes() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> inputs = new ArrayList<>();
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("crash-")).toList()) {
        inputs.add(HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
      return inputs;
    }
  }

  private static String lastCount(String output) {
    return output.lines().filter(line -> line.contains("cov: ")).reduce("", (a, b) -> b);
  }

  private static String tail(String output) {
    return output.substring(Math.max(0, output.length() - 8_000));
  }

  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = kept();
    add(seeds, REQUEST, "requests.table", "");
    add(seeds, ANSWER, "responses.table", "HEAD>");
    add(seeds, BODY, "bodies.table", "chunked ");
    return seeds;
  }

  private static void add(List<byte[]> seeds, int kind, String table, String prefix) {
    for (Table.Row row : Table.rows(table)) {
      String text =
          row.text().startsWith(prefix) ? row.text().substring(prefix.length()) : row.text();
      byte[] message = Table.ascii(Table.expand(text));
      if (message.length <= LONGEST_BYTES) {
        ByteBuf seed = Unpooled.buffer().writeByte(kind).writeByte(0);
        seeds.add(ByteBufUtil.getBytes(seed.writeBytes(message)));
      }
    }
  }

  private static List<byte[]> kept() throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    for (String line : Files.readAllLines(CORPUS, US_ASCII)) {
      inputs.add(HexFormat.of().parseHex(line));
    }
    return inputs;
  }

  private static void keep(Path folder) throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        lines.add(HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    Files.write(CORPUS, lines, US_ASCII);
  }
}
