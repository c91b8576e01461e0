package dev.ringmaster.app.command;

import dev.ringmaster.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `ringmaster server`, as help shows it. It is started before this class is loaded, unless help is
/// asked for.
@Command(
    name = "server",
    description = {
      "Runs the bundled replica server: /home, /heartbeat.",
      "Takes its port from PORT (default 5000) and its id from SERVER_ID (default: the host's name)."
    },
    mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
  @Option(
      names = "--test-endpoints",
      description = "Answers what tests and the lab need beside it: delay, size, status, echo.")
  private boolean testEndpoints;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Where to listen; default all.")
  private String address = "";

  @Override
  public Integer call() {
    List<String> options = new ArrayList<>();
    if (testEndpoints) {
      options.add("--test-endpoints");
    }
    if (!address.isEmpty()) {
      options.addAll(List.of("--address", address));
    }
    return Server.run(System.getenv(), options);
  }
}
