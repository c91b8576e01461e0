package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.ShownQueues;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ringmaster queue resume`.
@Command(
    name = "resume",
    description = "Gives messages out again.",
    mixinStandardHelpOptions = true)
final class QueueResume implements Callable<Integer> {
  @Mixin private QueueName queue;

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(
        client -> client.post(queue.path("resume"), ""),
        answer -> ShownQueues.one(answer, Instant.now()));
  }
}
