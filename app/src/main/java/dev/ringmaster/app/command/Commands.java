package dev.ringmaster.app.command;

import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.run.CannotStart;
import dev.ringmaster.app.settings.Rejected;
import dev.ringmaster.app.text.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, as one tree.
public final class Commands {
  private static final int HELP_COLUMNS = 100;

  /// The root: says what there is.
  @Command(
      name = "ringmaster",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "COMMAND",
      description = "Runs N copies of a server and sends every key to the same copy.",
      footer = {
        "",
        "Try:  ringmaster up                                        three replicas of the bundled server",
        "      ringmaster up --command 'python3 -m http.server {port}'   three of your own",
        "      ringmaster up --targets 10.0.0.1:80,10.0.0.2:80      servers that run already",
        "Exit codes: 0 done, 1 a defect, 2 wrong usage or settings, 3 cannot start or cannot reach."
      },
      subcommands = {HelpCommand.class})
  private static final class Root {}

  private Commands() {}

  /// A command line that is ready to execute.
  public static CommandLine line() {
    CommandLine line = new CommandLine(new Root());
    line.addSubcommand(Up.spec());
    line.addSubcommand(new Serve());
    line.addSubcommand(new RunLab());
    line.addSubcommand(new ShowStatus());
    line.addSubcommand(new Add());
    line.addSubcommand(new Remove());
    line.addSubcommand(new Drain());
    line.addSubcommand(new Weigh());
    line.addSubcommand(new Restart());
    line.addSubcommand(new Explain());
    line.addSubcommand(new Reload());
    line.addSubcommand(Queue.line());
    line.addSubcommand(new PrintSchema());
    line.addSubcommand(new PrintVersion());
    line.addSubcommand(new Rehearse());
    line.setUsageHelpWidth(HELP_COLUMNS);
    line.setUsageHelpLongOptionsMaxWidth(34);
    line.setAbbreviatedSubcommandsAllowed(false);
    line.setParameterExceptionHandler(Commands::misused);
    line.setExecutionExceptionHandler(Commands::failed);
    return line;
  }

  private static int misused(ParameterException e, String[] args) {
    if (args.length == 0) {
      e.getCommandLine().usage(e.getCommandLine().getErr());
      return ExitCode.USAGE;
    }
    PrintWriter err = e.getCommandLine().getErr();
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String command = spec.qualifiedName();
    err.println("ringmaster: " + explain(e, spec));
    err.println("ringmaster: '" + command + " --help' shows what there is");
    return ExitCode.USAGE;
  }

  private static @Nullable String explain(ParameterException e, CommandSpec spec) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return e.getMessage();
    }
    String word = unmatched.getUnmatched().getFirst();
    if (word.startsWith("-")) {
      String flag = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      List<String> known = new ArrayList<>();
      spec.options().forEach(option -> known.addAll(List.of(option.names())));
      return "unknown flag '" + flag + "'" + Nearest.hint(flag, known);
    }
    if (spec.subcommands().isEmpty()) {
      return "'" + word + "' has no place here";
    }
    return "unknown command '" + word + "'" + Nearest.hint(word, spec.subcommands().keySet());
  }

  private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    return switch (e) {
      case Rejected rejected -> {
        rejected.problems().forEach(line.getErr()::println);
        yield ExitCode.USAGE;
      }
      case CannotStart cannot -> {
        line.getErr().println("ringmaster: " + cannot.getMessage());
        yield ExitCode.CANNOT;
      }
      case ControlFailure failure -> {
        line.getErr().println("ringmaster: " + failure.getMessage());
        yield failure.kind() == ControlFailure.Kind.REFUSED ? ExitCode.USAGE : ExitCode.CANNOT;
      }
      default -> throw e;
    };
  }
}
