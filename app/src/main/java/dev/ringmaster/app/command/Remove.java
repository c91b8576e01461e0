package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.Shown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ringmaster rm`.
@Command(
    name = "rm",
    description = "Removes replicas; they drain and stop.",
    mixinStandardHelpOptions = true)
final class Remove implements Callable<Integer> {
  @Mixin private Resize resize;
  @Mixin private ServiceOption service;
  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    return console.run(
        client -> client.post(service.path("/api/rm"), resize.body()), Shown::replicas);
  }
}
