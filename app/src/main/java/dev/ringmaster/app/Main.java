package dev.ringmaster.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program: one command, its subcommands below it.
@Command(name = "ringmaster", mixinStandardHelpOptions = true, version = "ringmaster 0.1.0")
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
