package dev.ringmaster.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.app.client.ControlFailure;
import dev.ringmaster.app.client.Shown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ringmaster weight`.
@Command(
    name = "weight",
    description = {
      "Gives a replica's seat another weight: the part of a whole share of the keys that it takes.",
      "The seat keeps it when its replica is replaced and when Ringmaster starts again."
    },
    mixinStandardHelpOptions = true)
final class Weigh implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The replica.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "WEIGHT", description = "0 to 1; 0 takes no keys.")
  private double weight;

  @Mixin private ServiceOption service;
  @Mixin private ConsoleOptions console;

  @Override
  public Integer call() throws ControlFailure, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name).put("weight", weight);
    return console.run(client -> client.post(service.path("/api/weight"), body), Shown::replicas);
  }
}
