package dev.ringmaster.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The control API's answers as people read them.
public final class Shown {
  /// Shares come rounded to four decimal places.
  private static final double ROUNDED = 0.0001;

  private Shown() {}

  /// `GET /api/status`: for each service a line on it, then one for each replica.
  ///
  /// @param now when it was answered
  public static List<String> status(JsonNode status, Instant now) {
    if (!status.has("services")) {
      return service(status, now);
    }
    List<String> lines = new ArrayList<>();
    for (JsonNode service : status.path("services")) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(service(service, now));
    }
    return lines;
  }

  private static List<String> service(JsonNode status, Instant now) {
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
        new Columns(
            "REPLICA",
            "SEAT",
            "STATE",
            "FOR",
            "ADDRESS",
            "IN FLIGHT",
            "WEIGHT",
            "RESTARTS",
            "NOTE");
    status.path("replicas").forEach(replica -> replica(columns, replica, now));
    status.path("spares").forEach(replica -> replica(columns, replica, now));
    lines.addAll(columns.lines());
    return lines;
  }

  private static void replica(Columns columns, JsonNode replica, Instant now) {
    int seat = replica.path("seat").asInt();
    columns.add(
        replica.path("name").asText(),
        seat < 0 ? "spare" : Integer.toString(seat),
        replica.path("state").asText(),
        age(replica.path("since").asText(), now),
        replica.path("address").asText(),
        replica.path("inFlight").asText(),
        seat < 0 ? "-" : weight(replica),
        replica.path("restarts").asText(),
        replica.path("note").asText());
  }

  /// `9s`, `12m`, `3h` or `5d`: the largest unit of which there are two or more.
  private static String age(String since, Instant now) {
    Duration age = Duration.between(Instant.parse(since), now);
    if (age.toDays() > 1) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 1) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 1 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
  }

  /// `1`, or `0.05 of 0.5` for a seat that does not take its whole weight now.
  private static String weight(JsonNode replica) {
    double weight = replica.path("weight").asDouble();
    double share = replica.path("share").asDouble();
    boolean whole = Math.abs(weight - share) < ROUNDED;
    return whole ? number(weight) : number(share) + " of " + number(weight);
  }

  private static String number(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /// The answer to a reload: what changed, a line each.
  public static List<String> changes(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    answer.path("message").path("changes").forEach(change -> lines.add(change.asText()));
    return lines.isEmpty() ? List.of("Nothing is different.") : lines;
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
    JsonNode heavy = explained.path("heavy");
    if (heavy.isObject()) {
      lines.add(
          "heavy    %.1f requests/s, %.1f %% of all, for %d seats"
              .formatted(
                  heavy.path("requestsPerSecond").asDouble(),
                  100 * heavy.path("share").asDouble(),
                  heavy.path("spread").asInt()));
    }
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
