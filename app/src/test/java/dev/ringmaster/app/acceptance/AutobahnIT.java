package dev.ringmaster.app.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.python.util.jython;

/// The Autobahn test suite's fuzzing client against an echo server, alone and through the program:
/// what passes alone must pass through. Left out are 9.* (throughput, minutes) and 12.* and 13.*
/// (compression, which is between the ends and which the echo server does not offer).
class AutobahnIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 300;
  private static final Set<String> PASSED = Set.of("OK", "NON-STRICT", "INFORMATIONAL");

  /// The cases of suite 0.6.4 without those left out.
  private static final int CASES = 247;

  @TempDir Path directory;

  @Test
  void whatPassesAtTheServerPassesThroughRingmaster() throws Exception {
    try (EchoServer echo = new EchoServer();
        RunningRingmaster ringmaster =
            RunningRingmaster.start(directory, "--targets", "127.0.0.1:" + echo.port())) {
      String alone = "ws://127.0.0.1:" + echo.port() + "/echo";
      String through = "ws://127.0.0.1:" + ringmaster.traffic().getPort() + "/echo";
      JsonNode report = fuzz(alone, through);

      Map<String, String> passedAlone = passed(report.path("alone"));
      assertThat(report.path("alone")).hasSize(CASES);
      assertThat(passedAlone).as("cases that the echo server passes").hasSize(CASES);
      assertThat(passed(report.path("through")).keySet())
          .as("cases passed through Ringmaster")
          .containsExactlyElementsOf(passedAlone.keySet());
    }
  }

  private JsonNode fuzz(String alone, String through) throws Exception {
    Path reports = directory.resolve("autobahn");
    Path specification = directory.resolve("specification.json");
    JSON.writeValue(
        specification.toFile(),
        Map.of(
            "options", Map.of("failByDrop", false),
            "outdir", reports.toString(),
            "servers", List.of(server("alone", alone), server("through", through)),
            "cases", List.of("*"),
            "exclude-cases", List.of("9.*", "12.*", "13.*"),
            "exclude-agent-cases", Map.of()));
    run(specification);
    return JSON.readTree(reports.resolve("index.json").toFile());
  }

  private static Map<String, Object> server(String agent, String url) {
    return Map.of("agent", agent, "url", url, "options", Map.of("version", 18));
  }

  private void run(Path specification) throws Exception {
    Path script = directory.resolve("fuzz.py");
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("fuzz.py"))) {
      Files.copy(in, script);
    }
    Path output = directory.resolve("autobahn.out");
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Path.of(jython.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                jython.class.getName(),
                script.toString(),
                suite().toString(),
                specification.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = client.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(ended).as("the suite ends; it said %s", Files.readString(output, UTF_8)).isTrue();
    } finally {
      client.destroyForcibly();
    }
  }

  private static Path suite() throws Exception {
    URL resource =
        Objects.requireNonNull(
            AutobahnIT.class.getClassLoader().getResource("autobahntestsuite/fuzzing.py"));
    JarURLConnection inJar = (JarURLConnection) resource.openConnection();
    return Path.of(inJar.getJarFileURL().toURI());
  }

  /// The cases that were passed, with how.
  private static Map<String, String> passed(JsonNode cases) {
    Map<String, String> passed = new TreeMap<>();
    cases
        .properties()
        .forEach(entry -> {
          String behavior = entry.getValue().path("behavior").asText();
          String close = entry.getValue().path("behaviorClose").asText();
          if (PASSED.contains(behavior) && PASSED.contains(close)) {
            passed.put(entry.getKey(), behavior);
          }
        });
    return passed;
  }
}
