package dev.ringmaster.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.app.client.ControlClient;
import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.ShownQueues;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ringmaster queue tail`.
@Command(
    name = "tail",
    description = {
      "Shows messages as they are accepted, until it is stopped.",
      "It has a subscription of its own meanwhile, so it takes nothing from anyone."
    },
    mixinStandardHelpOptions = true)
final class QueueTail implements Callable<Integer> {
  private static final String LEASE = "{\"max\":100,\"wait\":\"20s\",\"visibility\":\"60s\"}";

  @Spec private CommandSpec spec;
  @Mixin private QueueName queue;

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "Ends after so many; 0 for never. [${DEFAULT-VALUE}]")
  private long most;

  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    String name = "tail-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    String path = queue.path("subscriptions/" + name);
    return console.with(client -> {
      client.put(path, "");
      Thread goodbye = new Thread(() -> unsubscribe(client, path));
      Runtime.getRuntime().addShutdownHook(goodbye);
      try {
        follow(client, path);
      } finally {
        unsubscribe(client, path);
        Runtime.getRuntime().removeShutdownHook(goodbye);
      }
    });
  }

  private void follow(ControlClient client, String path)
      throws ControlFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    long shown = 0;
    while (most == 0 || shown < most) {
      ArrayNode receipts = JsonNodeFactory.instance.arrayNode();
      for (JsonNode message : client.post(path + "/lease", LEASE).path("messages")) {
        out.println(console.json() ? message.toString() : ShownQueues.message(message));
        receipts.add(message.path("receipt"));
      }
      out.flush();
      shown += receipts.size();
      if (!receipts.isEmpty()) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("receipts", receipts);
        client.post(path + "/acknowledge", body);
      }
    }
  }

  private static void unsubscribe(ControlClient client, String path) {
    try {
      client.delete(path);
    } catch (ControlFailure e) {
      // The queue or Ringmaster is gone, and the subscription with it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
