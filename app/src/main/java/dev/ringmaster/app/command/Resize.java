package dev.ringmaster.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/// How many replicas a command is about, and which.
final class Resize {
  @Parameters(index = "0", paramLabel = "N", description = "How many.")
  private int n;

  @Parameters(
      index = "1..*",
      paramLabel = "NAME",
      description = "Their names; what is not named is drawn at random.")
  private List<String> names = new ArrayList<>();

  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("n", n);
    ArrayNode hostnames = body.putArray("hostnames");
    names.forEach(hostnames::add);
    return body;
  }
}
