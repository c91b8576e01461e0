package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.ShownQueues;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ringmaster queue stat`.
@Command(
    name = "stat",
    description = "Shows one queue: its terms and counters.",
    mixinStandardHelpOptions = true)
final class QueueStat implements Callable<Integer> {
  @Mixin private QueueName queue;

  @Option(names = "--shards", description = "Also shows each shard.")
  private boolean shards;

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(
        client -> client.get(queue.path()),
        answer ->
            shards
                ? ShownQueues.shards(answer, Instant.now())
                : ShownQueues.one(answer, Instant.now()));
  }
}
