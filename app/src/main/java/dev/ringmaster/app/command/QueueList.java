package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.ShownQueues;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ringmaster queue ls`.
@Command(name = "ls", description = "Shows all queues.", mixinStandardHelpOptions = true)
final class QueueList implements Callable<Integer> {

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(
        client -> client.get("/queues"), queues -> ShownQueues.all(queues, Instant.now()));
  }
}
