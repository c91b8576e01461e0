package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.ShownQueues;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ringmaster queue put`.
@Command(
    name = "put",
    description = "Makes a queue, or gives it other terms.",
    mixinStandardHelpOptions = true)
final class QueuePut implements Callable<Integer> {
  @Mixin private QueueName queue;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TERMS",
      description =
          "Its terms as JSON, such as {\"service\":\"web\"}; what is not named has its default.")
  private String terms = "";

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(
        client -> client.put(queue.path(), terms),
        answer -> ShownQueues.one(answer, Instant.now()));
  }
}
