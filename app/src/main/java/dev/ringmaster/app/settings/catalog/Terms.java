package dev.ringmaster.app.settings.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a queue is like: the settings below `queues` in the file, and of `PUT /queues/NAME`. They
/// have no flags.
public final class Terms {
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final int MOST_MESSAGES = 1_000_000_000;
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,15})([kmgt]?)");

  public static final Setting<String> SERVICE =
      new Setting<>(
          "service",
          Scope.QUEUE,
          Kind.word("NAME", "a service's name"),
          null,
          "Whose replicas get the messages; without it consumers come for them.");

  public static final Setting<String> PATH =
      new Setting<>(
          "path",
          Scope.QUEUE,
          Kind.text("PATH", "a path that starts with /", "/[\\x21\\x22\\x24-\\x7e]{0,2047}"),
          "/",
          "Path, and query, that messages without one are posted to.");

  public static final Setting<Integer> SHARDS =
      new Setting<>(
          "shards", Scope.QUEUE, Kind.whole(1, 4096), "64", "Shards when the queue is made.");

  public static final Setting<Long> MESSAGES =
      new Setting<>(
          "limits.messages",
          Scope.QUEUE,
          new Kind<>(
              "N",
              "a whole number from 1 to " + MOST_MESSAGES,
              Kind.Form.WHOLE,
              Map.of("type", "integer", "minimum", 1, "maximum", MOST_MESSAGES),
              Terms::messages),
          "10000000",
          "Messages at a time; more are a 429.");

  public static final Setting<Long> TOTAL_BYTES =
      new Setting<>(
          "limits.bytes",
          Scope.QUEUE,
          bytes(1L << 10, 1L << 50, "1k to 1024t"),
          "64g",
          "Bytes at a time; more are a 429.");

  public static final Setting<Duration> OLDEST =
      new Setting<>(
          "limits.oldest",
          Scope.QUEUE,
          Kind.duration(Duration.ZERO, YEAR),
          "0s",
          "Age of the oldest message from which on new ones are a 429. 0s: no limit.");

  public static final Setting<Long> MESSAGE_BYTES =
      new Setting<>(
          "limits.message-bytes",
          Scope.QUEUE,
          bytes(1L << 10, 16L << 20, "1k to 16m"),
          "1m",
          "Bytes of a message, head and body; more are a 413.");

  public static final Setting<Integer> IN_FLIGHT =
      new Setting<>(
          "limits.in-flight",
          Scope.QUEUE,
          Kind.whole(1, 65536),
          "256",
          "Deliveries to replicas under way at a time.");

  public static final Setting<Integer> SUBSCRIPTIONS =
      new Setting<>(
          "limits.subscriptions", Scope.QUEUE, Kind.whole(1, 1024), "64", "Subscriptions at most.");

  public static final Setting<Duration> TIMEOUT =
      new Setting<>(
          "retry.timeout",
          Scope.QUEUE,
          Kind.duration(MS, DAY),
          "60s",
          "Wait for a replica's answer; then the attempt has failed.");

  public static final Setting<Duration> FIRST =
      new Setting<>(
          "retry.first",
          Scope.QUEUE,
          Kind.duration(MS, DAY),
          "1s",
          "Longest wait before the second attempt; doubles from one to the next.");

  public static final Setting<Duration> MOST =
      new Setting<>(
          "retry.most", Scope.QUEUE, Kind.duration(MS, DAY), "10m", "Where that doubling ends.");

  public static final Setting<Integer> ATTEMPTS =
      new Setting<>(
          "retry.attempts",
          Scope.QUEUE,
          Kind.whole(1, 1_000_000),
          "10",
          "After so many the message is dead.");

  public static final Setting<Duration> RETRIED =
      new Setting<>(
          "retry.oldest",
          Scope.QUEUE,
          Kind.duration(MS, YEAR),
          "24h",
          "A message older than that is dead when it fails.");

  public static final Setting<Boolean> REDIRECTS =
      new Setting<>(
          "retry.redirects",
          Scope.QUEUE,
          Kind.yesNo(),
          "false",
          "Whether an answer of 3xx is success.");

  public static final Setting<String> DEAD =
      new Setting<>(
          "retry.dead",
          Scope.QUEUE,
          Kind.choice(List.of("continue", "block-key")),
          "continue",
          "The key of a dead message: its next one is delivered, or waits.");

  public static final Setting<Duration> KEPT =
      new Setting<>(
          "results.kept",
          Scope.QUEUE,
          Kind.duration(Duration.ZERO, YEAR),
          "1h",
          "How long a message can be looked up after its end.");

  public static final Setting<Long> BODY_BYTES =
      new Setting<>(
          "results.body-bytes",
          Scope.QUEUE,
          bytes(0, 1L << 20, "0 to 1m"),
          "16k",
          "Bytes that are kept of an answer's body.");

  /// All of them.
  public static final Group GROUP =
      new Group(
          "Queues",
          List.of(
              SERVICE,
              PATH,
              SHARDS,
              MESSAGES,
              TOTAL_BYTES,
              OLDEST,
              MESSAGE_BYTES,
              IN_FLIGHT,
              SUBSCRIPTIONS,
              TIMEOUT,
              FIRST,
              MOST,
              ATTEMPTS,
              RETRIED,
              REDIRECTS,
              DEAD,
              KEPT,
              BODY_BYTES));

  private Terms() {}

  private static Kind<Long> bytes(long least, long most, String range) {
    return new Kind<>(
        "BYTES",
        "bytes from " + range + ", such as 500000, 64k, 10m or 2g",
        Kind.Form.TEXT,
        Map.of("type", List.of("string", "integer"), "pattern", "^[0-9]{1,15}[kmgt]?$"),
        text -> bytes(text, least, most));
  }

  private static Long bytes(String text, long least, long most) {
    Matcher parts = BYTES.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException();
    }
    int shift =
        switch (parts.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          case "t" -> 40;
          default -> 0;
        };
    long amount = Long.parseLong(parts.group(1));
    if (amount > (most >> shift) || (amount << shift) < least) {
      throw new IllegalArgumentException();
    }
    return amount << shift;
  }

  private static Long messages(String text) {
    long number = Long.parseLong(text);
    if (number < 1 || number > MOST_MESSAGES) {
      throw new IllegalArgumentException();
    }
    return number;
  }
}
