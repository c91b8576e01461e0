package dev.ringmaster.app.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The flat jar, run as anyone would.
final class Program {
  private static final long LIMIT_SECONDS = 120;

  private Program() {}

  /// How a run to its end went.
  record Outcome(int exitCode, String out, String err) {}

  /// The command line of the program with these arguments.
  static List<String> command(String... arguments) {
    return command(List.of(), List.of(arguments));
  }

  /// The same with flags for the JVM.
  static List<String> command(List<String> jvm, List<String> arguments) {
    String jar = System.getProperty("ringmaster.jar");
    assertThat(jar).as("the system property ringmaster.jar").isNotNull();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(jvm);
    command.addAll(List.of("-jar", jar));
    command.addAll(arguments);
    return command;
  }

  /// Runs it to its end in a directory.
  static Outcome run(Path directory, String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "run", ".out");
    Path err = Files.createTempFile(directory, "run", ".err");
    Process process =
        new ProcessBuilder(command(arguments))
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(ended)
          .as("%s ends; it said %s", List.of(arguments), Files.readString(err))
          .isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Outcome(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
