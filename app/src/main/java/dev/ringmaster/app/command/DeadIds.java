package dev.ringmaster.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Option;

/// Which dead messages a command is about.
final class DeadIds {
  @Option(names = "--all", description = "All of them.")
  private boolean all;

  ObjectNode body(List<String> ids) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (!ids.isEmpty()) {
      ArrayNode list = body.putArray("ids");
      ids.forEach(list::add);
    }
    return all ? body.put("all", true) : body;
  }
}
