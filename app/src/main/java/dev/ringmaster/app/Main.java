package dev.ringmaster.app;

import dev.ringmaster.app.command.Commands;
import dev.ringmaster.server.Server;
import java.util.List;

/// The program.
public final class Main {
  private Main() {}

  /// Runs a command and ends the process with its exit code: 0 done, 1 a defect, 2 wrong usage or
  /// settings, 3 cannot start or cannot reach.
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    // A replica's start counts in milliseconds: nothing else is loaded for it.
    if (args.length > 0 && args[0].equals("server")) {
      return server(List.of(args).subList(1, args.length));
    }
    return Commands.line().execute(args);
  }

  private static int server(List<String> options) {
    boolean help = options.contains("--help") || options.contains("-h");
    return help ? Commands.line().execute("help", "server") : Server.run(System.getenv(), options);
  }
}
