package dev.ringmaster.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The control API's answers as people read them.
public final class Shown {
  private Shown() {}

  /// `GET /api/status`: a line on the service, then one for each replica.
  public static List<String> status(JsonNode status) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d of %d replicas serve, table version %d, fingerprint %s"
            .formatted(
                status.path("service").asText(),
                status.path("serving").asInt(),
                status.path("N").asInt(),
                status.path("table").path("version").asLong(),
                status.path("table").path("fingerprint").asText()));
    Columns columns =
        new Columns("REPLICA", "SEAT", "STATE", "ADDRESS", "IN FLIGHT", "RESTARTS", "NOTE");
    status.path("replicas").forEach(replica -> replica(columns, replica));
    status.path("spares").forEach(replica -> replica(columns, replica));
    lines.addAll(columns.lines());
    return lines;
  }

  private static void replica(Columns columns, JsonNode replica) {
    int seat = replica.path("seat").asInt();
    columns.add(
        replica.path("name").asText(),
        seat < 0 ? "spare" : Integer.toString(seat),
        replica.path("state").asText(),
        replica.path("address").asText(),
        replica.path("inFlight").asText(),
        replica.path("restarts").asText(),
        replica.path("note").asText());
  }

  /// The answer to a command: N and the names.
  public static List<String> replicas(JsonNode answer) {
    List<String> names = new ArrayList<>();
    answer.path("message").path("replicas").forEach(name -> names.add(name.asText()));
    int n = answer.path("message").path("N").asInt();
    return List.of("N is " + n + ": " + String.join(" ", names));
  }

  /// `GET /api/explain`: where the request goes, why, and the candidates in their order.
  public static List<String> explanation(JsonNode explained) {
    List<String> lines = new ArrayList<>();
    String replica = explained.path("replica").asText("none");
    lines.add("replica  " + replica + (explained.path("spills").asBoolean() ? " (spilled)" : ""));
    lines.add("key      " + explained.path("key").asText());
    lines.add("hash     " + explained.path("hash").asText());
    lines.add("why      " + explained.path("why").asText());
    Columns columns = new Columns("CANDIDATE", "SEAT", "STATE", "IN FLIGHT", "CAP");
    for (JsonNode candidate : explained.path("candidates")) {
      columns.add(
          candidate.path("replica").asText("none"),
          candidate.path("seat").asText(),
          candidate.path("state").asText("-"),
          candidate.path("inFlight").asText(),
          candidate.path("cap").asText("-"));
    }
    lines.addAll(columns.lines());
    return lines;
  }
}
