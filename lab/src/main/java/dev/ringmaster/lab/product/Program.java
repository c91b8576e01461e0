package dev.ringmaster.lab.product;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command that runs Ringmaster, and where its runs keep their data.
///
/// @param command an argument vector before the subcommand: `java -jar ringmaster.jar`
/// @param scratch an existing directory for the data directories of runs
/// @param children where each started process is entered
public record Program(List<String> command, Path scratch, Children children) {

  /// Starts a subcommand, its standard error joined to its standard output.
  Process start(List<String> arguments, Map<String, String> environment) throws ProductFailure {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      children.started(process);
      return process;
    } catch (IOException e) {
      throw new ProductFailure("cannot run " + String.join(" ", all), e);
    }
  }
}
