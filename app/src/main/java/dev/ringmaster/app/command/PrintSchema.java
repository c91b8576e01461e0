package dev.ringmaster.app.command;

import dev.ringmaster.app.settings.Schema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ringmaster schema`.
@Command(
    name = "schema",
    description = "Prints the JSON Schema of ringmaster.yaml.",
    mixinStandardHelpOptions = true)
final class PrintSchema implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(Schema.text());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
