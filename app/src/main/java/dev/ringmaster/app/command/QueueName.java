package dev.ringmaster.app.command;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which queue a command is about.
final class QueueName {
  @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue.")
  private String name = "";

  /// The path of the queue in the API.
  String path() {
    return "/queues/" + PathText.encoded(name);
  }

  /// A path below it.
  String path(String below) {
    return path() + "/" + below;
  }

  /// Which subscription a command is about.
  static final class Subscription {
    @Option(
        names = "--subscription",
        paramLabel = "NAME",
        description = "One of its subscriptions. [${DEFAULT-VALUE}]")
    private String name = "main";

    String path() {
      return "subscriptions/" + PathText.encoded(name);
    }
  }
}
