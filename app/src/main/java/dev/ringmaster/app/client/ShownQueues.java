package dev.ringmaster.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the queues' API answers, as people read it.
public final class ShownQueues {
  private static final String[] COUNTERS = {
    "DEPTH", "READY", "DELAYED", "IN FLIGHT", "BLOCKED KEYS", "OLDEST", "RETRIES", "DEAD"
  };

  private ShownQueues() {}

  private static String[] headings(String... first) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(COUNTERS));
    return all.toArray(String[]::new);
  }

  private static void row(Columns columns, Instant now, JsonNode counted, String... first) {
    List<String> cells = new ArrayList<>(List.of(first));
    for (String name : List.of("depth", "ready", "delayed", "inFlight", "blockedLanes")) {
      cells.add(counted.path(name).asText());
    }
    cells.add(counted.has("oldest") ? age(counted.path("oldest").asText(), now) : "-");
    cells.add(counted.path("retries").asText());
    cells.add(counted.path("dead").asText());
    columns.add(cells.toArray(String[]::new));
  }

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

  /// `GET /queues`: a line for each subscription.
  ///
  /// @param now when it was answered
  public static List<String> all(JsonNode answer, Instant now) {
    if (answer.path("queues").isEmpty()) {
      return List.of("There are no queues.");
    }
    Columns columns = new Columns(headings("QUEUE", "SUBSCRIPTION", "TO"));
    for (JsonNode queue : answer.path("queues")) {
      String name =
          queue.path("name").asText() + (queue.path("paused").asBoolean() ? " (paused)" : "");
      String service = queue.path("service").asText("consumers");
      for (JsonNode subscription : queue.path("subscriptions")) {
        String cursor = subscription.path("name").asText();
        row(
            columns,
            now,
            subscription,
            name,
            cursor,
            cursor.equals("main") ? service : "consumers");
      }
    }
    return columns.lines();
  }

  /// `GET /queues/NAME`: its terms, and a line for each subscription.
  ///
  /// @param now when it was answered
  public static List<String> one(JsonNode queue, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s%s: %s shards"
            .formatted(
                queue.path("name").asText(),
                queue.path("paused").asBoolean() ? " (paused)" : "",
                queue.path("shards").size()));
    lines.add("terms  " + queue.path("terms"));
    Columns columns = new Columns(headings("SUBSCRIPTION"));
    for (JsonNode subscription : queue.path("subscriptions")) {
      row(columns, now, subscription, subscription.path("name").asText());
    }
    lines.addAll(columns.lines());
    return lines;
  }

  /// The same with a line for each shard that has something.
  ///
  /// @param now when it was answered
  public static List<String> shards(JsonNode queue, Instant now) {
    List<String> lines = new ArrayList<>(one(queue, now));
    Columns columns = new Columns(headings("SHARD", "SUBSCRIPTION", "SLOTS"));
    Map<Integer, String> slots = new HashMap<>();
    for (JsonNode shard : queue.path("shards")) {
      slots.put(shard.path("shard").asInt(), shard.path("slots").asText());
    }
    for (JsonNode subscription : queue.path("subscriptions")) {
      for (JsonNode counted : subscription.path("shards")) {
        int shard = counted.path("shard").asInt();
        String of = subscription.path("name").asText();
        row(columns, now, counted, Integer.toString(shard), of, slots.getOrDefault(shard, "-"));
      }
    }
    lines.add("");
    lines.addAll(columns.lines());
    return lines;
  }

  /// What a message or a batch became.
  public static List<String> accepted(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    if (answer.has("id")) {
      lines.add(acceptedOne(answer));
    }
    answer.path("accepted").forEach(one -> lines.add(acceptedOne(one)));
    return lines;
  }

  private static String acceptedOne(JsonNode one) {
    String repeated = one.path("repeated").asBoolean() ? ", there already" : "";
    return one.path("id").asText() + " in shard " + one.path("shard").asText() + repeated;
  }

  /// `GET …/dead`: a line for each message.
  public static List<String> dead(JsonNode answer) {
    if (answer.path("dead").isEmpty()) {
      return List.of("There are no dead messages.");
    }
    Columns columns = new Columns("ID", "SHARD", "KEY", "ATTEMPTS", "DIED", "REASON");
    for (JsonNode dead : answer.path("dead")) {
      columns.add(
          dead.path("id").asText(),
          dead.path("shard").asText(),
          dead.has("key64") ? dead.path("key64").asText() : dead.path("key").asText("-"),
          dead.path("attempts").asText(),
          dead.path("died").asText(),
          dead.path("reason").asText());
    }
    List<String> lines = new ArrayList<>(columns.lines());
    if (answer.has("next")) {
      lines.add("There may be more: --after " + answer.path("next").asText());
    }
    return lines;
  }

  /// The answer that counts messages.
  public static List<String> counted(JsonNode answer) {
    long count = answer.path("count").asLong();
    return List.of(count == 1 ? "1 message." : count + " messages.");
  }

  /// A message that was received: its id, key and body on one line.
  public static String message(JsonNode message) {
    String key =
        message.has("key64") ? message.path("key64").asText() : message.path("key").asText("-");
    String body =
        message.has("body64") ? message.path("body64").asText() : message.path("body").asText();
    return message.path("accepted").asText()
        + "  "
        + message.path("id").asText()
        + "  "
        + key
        + "  "
        + body;
  }
}
