package dev.ringmaster.console.answer;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times with their unit, as settings are written: `250ms`, `2s`, `1m`, `1h`.
public final class Times {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final long MILLIS = 1000;
  private static final long SIXTY = 60;

  private Times() {}

  /// Reads one.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Duration parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "expected a time such as 250ms, 2s, 1m or 1h, found " + ObjectBody.shown(text));
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /// Writes one in the largest unit that is exact.
  public static String text(Duration time) {
    if (time.toMillis() % MILLIS != 0) {
      return time.toMillis() + "ms";
    }
    long seconds = time.toSeconds();
    if (seconds == 0 || seconds % SIXTY != 0) {
      return seconds + "s";
    }
    return time.toMinutes() % SIXTY == 0 ? time.toHours() + "h" : time.toMinutes() + "m";
  }
}
