package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ringmaster queue rm`.
@Command(
    name = "rm",
    description = "Removes a queue with all that it holds.",
    mixinStandardHelpOptions = true)
final class QueueRemove implements Callable<Integer> {
  @Mixin private QueueName queue;

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(
        client -> client.delete(queue.path()),
        answer -> List.of("Removed " + answer.path("name").asText() + "."));
  }
}
