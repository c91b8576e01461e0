package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.Shown;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ringmaster status`.
@Command(
    name = "status",
    description = "Shows the replicas of a running Ringmaster.",
    mixinStandardHelpOptions = true)
final class ShowStatus implements Callable<Integer> {
  @Mixin private ServiceOption service;
  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(
        client -> client.get(service.path("/api/status")),
        status -> Shown.status(status, Instant.now()));
  }
}
