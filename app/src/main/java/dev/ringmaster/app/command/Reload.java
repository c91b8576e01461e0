package dev.ringmaster.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.Shown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ringmaster reload`.
@Command(
    name = "reload",
    description = {
      "Has a running Ringmaster read its settings file again, and says what changed.",
      "A wrong file is refused as a whole, and the old settings hold."
    },
    mixinStandardHelpOptions = true)
final class Reload implements Callable<Integer> {
  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(
        client -> client.post("/api/reload", JsonNodeFactory.instance.objectNode()),
        Shown::changes);
  }
}
