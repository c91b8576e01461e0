package dev.ringmaster.app.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The docker program, from the root of the sources.
final class Docker {
  private static final Path ROOT = root();

  private Docker() {}

  /// Whether an engine answers.
  static boolean answers() {
    try {
      return !docker("version", "--format", "{{.Server.Version}}").isEmpty();
    } catch (IOException | InterruptedException none) {
      return false;
    }
  }

  /// Runs `docker` and returns what it printed, without the line's end.
  ///
  /// @throws IOException if it fails, with what it printed
  static String docker(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /// Builds the base from this machine's Java, and an image of each of our Dockerfiles on it.
  static void buildImages(String tag) throws IOException, InterruptedException {
    String base = "ringmaster-test-base";
    run(List.of(ROOT.resolve("docker/test-base").toString(), base));
    for (String name : List.of("server", "ringmaster")) {
      docker(
          "build",
          "--build-arg",
          "BASE=" + base,
          "-f",
          "docker/" + name + ".Dockerfile",
          "-t",
          name + "-" + tag,
          ".");
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " ended with " + process.exitValue() + ": " + output);
    }
    return output.strip();
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docker/test-base")) ? here : here.resolveSibling("");
  }
}
