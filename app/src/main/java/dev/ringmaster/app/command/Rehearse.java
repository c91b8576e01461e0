package dev.ringmaster.app.command;

import dev.ringmaster.app.run.CannotStart;
import dev.ringmaster.app.run.Rehearsal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// The run that the AOT cache is made from; for the launcher, not for people.
@Command(name = "rehearse", hidden = true)
final class Rehearse implements Callable<Integer> {
  @Override
  public Integer call() throws CannotStart, IOException, InterruptedException {
    Rehearsal.run();
    return ExitCode.DONE;
  }
}
