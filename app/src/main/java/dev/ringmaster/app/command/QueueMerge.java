package dev.ringmaster.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.ShownQueues;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ringmaster queue merge`.
@Command(
    name = "merge",
    description = "Gives all of a shard to another one; the order of each key holds.",
    mixinStandardHelpOptions = true)
final class QueueMerge implements Callable<Integer> {
  @Mixin private QueueName queue;

  @Parameters(index = "1", paramLabel = "FROM", description = "The shard that goes.")
  private int from;

  @Parameters(index = "2", paramLabel = "INTO", description = "The shard that gets all of it.")
  private int into;

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("from", from).put("into", into);
    return console.run(
        client -> client.post(queue.path("merge"), body),
        answer -> ShownQueues.one(answer, Instant.now()));
  }
}
