package dev.ringmaster.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.Shown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ringmaster drain`.
@Command(
    name = "drain",
    description = {
      "Lets a replica's requests end, stops it and gives its seat a new one; N stays.",
      "A static target stays out until --undo."
    },
    mixinStandardHelpOptions = true)
final class Drain implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The replica.")
  private String name = "";

  @Option(names = "--undo", description = "Puts a drained static target back.")
  private boolean undo;

  @Mixin private ServiceOption service;
  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
    String path = undo ? "/api/undrain" : "/api/drain";
    return console.run(client -> client.post(service.path(path), body), Shown::replicas);
  }
}
