package dev.ringmaster.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.Shown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ringmaster restart`.
@Command(
    name = "restart",
    description = {
      "Replaces every replica by a new one, seat by seat; each new one serves before the old leaves.",
      "Returns when all are new, or when one does not come up: then the rest stay as they are."
    },
    mixinStandardHelpOptions = true)
final class Restart implements Callable<Integer> {
  @Mixin private ServiceOption service;
  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(
        client -> client.post(service.path("/api/restart"), JsonNodeFactory.instance.objectNode()),
        Shown::replicas);
  }
}
