package dev.ringmaster.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `ringmaster queue`, whose commands are clients of the queues' API.
@Command(
    name = "queue",
    description = "Shows and commands the queues of a running Ringmaster.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {HelpCommand.class})
final class Queue {
  private Queue() {}

  /// The command with those below it.
  static CommandLine line() {
    CommandLine line = new CommandLine(new Queue());
    line.addSubcommand(new QueueList());
    line.addSubcommand(new QueueStat());
    line.addSubcommand(new QueuePut());
    line.addSubcommand(new QueueRemove());
    line.addSubcommand(new QueueSend());
    line.addSubcommand(new QueueTail());
    line.addSubcommand(new QueueDead());
    line.addSubcommand(new QueueRedrive());
    line.addSubcommand(new QueuePurge());
    line.addSubcommand(new QueuePause());
    line.addSubcommand(new QueueResume());
    line.addSubcommand(new QueueSplit());
    line.addSubcommand(new QueueMerge());
    return line;
  }
}
