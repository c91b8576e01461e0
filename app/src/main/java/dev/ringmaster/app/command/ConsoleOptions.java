package dev.ringmaster.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.app.client.ControlClient;
import dev.ringmaster.app.client.ControlFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// What all clients of the control API have in common.
final class ConsoleOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--console",
      paramLabel = "HOST:PORT",
      description = "The console of the Ringmaster to ask. [${DEFAULT-VALUE}]")
  private String console = "127.0.0.1:5001";

  @Option(
      names = "--token-file",
      paramLabel = "PATH",
      description = "File with the bearer token, if one is needed.")
  private @Nullable Path tokenFile;

  @Option(names = "--json", description = "Prints the answer as JSON.")
  private boolean json;

  /// What is asked of a client.
  interface Asking {
    JsonNode ask(ControlClient client) throws ControlFailure, InterruptedException;
  }

  /// What is done with a client.
  interface Doing {
    void run(ControlClient client) throws ControlFailure, InterruptedException;
  }

  /// Does something that prints for itself.
  int with(Doing doing) throws ControlFailure, InterruptedException {
    try (ControlClient client = new ControlClient(address(), token())) {
      doing.run(client);
    }
    return ExitCode.DONE;
  }

  /// Whether answers are printed as JSON.
  boolean json() {
    return json;
  }

  /// Asks, and prints the answer.
  int run(Asking asking, Function<JsonNode, List<String>> shown)
      throws ControlFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ControlClient client = new ControlClient(address(), token())) {
      JsonNode answer = asking.ask(client);
      if (json) {
        out.println(answer);
      } else {
        shown.apply(answer).forEach(out::println);
      }
    }
    out.flush();
    return ExitCode.DONE;
  }

  private URI address() {
    try {
      URI address = URI.create(console.contains("://") ? console : "http://" + console);
      if (address.getHost() != null && address.getPort() > 0) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Told below like any other that is no address.
    }
    throw misused("--console: expected HOST:PORT, found '" + console + "'");
  }

  private Optional<String> token() {
    if (tokenFile == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(tokenFile).strip());
    } catch (IOException e) {
      throw misused("--token-file: cannot be read: " + e);
    }
  }

  private ParameterException misused(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
