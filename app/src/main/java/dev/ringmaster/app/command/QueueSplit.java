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

/// `ringmaster queue split`.
@Command(
    name = "split",
    description = "Gives the upper half of a shard to a new one; the order of each key holds.",
    mixinStandardHelpOptions = true)
final class QueueSplit implements Callable<Integer> {
  @Mixin private QueueName queue;

  @Parameters(index = "1", paramLabel = "SHARD", description = "The shard.")
  private int shard;

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("shard", shard);
    return console.run(
        client -> client.post(queue.path("split"), body),
        answer -> ShownQueues.one(answer, Instant.now()));
  }
}
