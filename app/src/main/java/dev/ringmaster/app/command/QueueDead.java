package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.ShownQueues;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ringmaster queue dead`.
@Command(
    name = "dead",
    description = "Shows messages that are not tried any more.",
    mixinStandardHelpOptions = true)
final class QueueDead implements Callable<Integer> {
  @Mixin private QueueName queue;
  @Mixin private QueueName.Subscription subscription;

  @Option(names = "--after", paramLabel = "ID", description = "Those behind this one.")
  private String after = "";

  @Option(names = "--max", paramLabel = "N", description = "At most so many. [${DEFAULT-VALUE}]")
  private int most = 100;

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    String from = after.isEmpty() ? "" : "&after=" + PathText.encoded(after);
    String path = queue.path(subscription.path() + "/dead?max=" + most + from);
    return console.run(client -> client.get(path), ShownQueues::dead);
  }
}
