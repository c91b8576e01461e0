package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.ShownQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ringmaster queue purge`.
@Command(name = "purge", description = "Forgets dead messages.", mixinStandardHelpOptions = true)
final class QueuePurge implements Callable<Integer> {
  @Mixin private QueueName queue;
  @Mixin private QueueName.Subscription subscription;

  @Parameters(index = "1..*", paramLabel = "ID", description = "The messages.")
  private List<String> ids = new ArrayList<>();

  @Mixin private DeadIds dead;

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    String path = queue.path(subscription.path() + "/dead/purge");
    return console.run(client -> client.post(path, dead.body(ids)), ShownQueues::counted);
  }
}
