package dev.ringmaster.gateway.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How often something may happen: `count` times in each `per`, and up to `burst` times at once by
/// who has been quiet.
///
/// @param count at least 1
/// @param per a second, a minute or an hour
/// @param burst at least 1
public record Rate(int count, Duration per, int burst) {
  /// More than any single client could send.
  public static final int MOST = 1_000_000;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,7})/(s|m|h)(?: burst (\\d{1,7}))?");

  public Rate {
    check("a rate", count);
    check("a burst", burst);
    if (per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("a rate needs a time above zero");
    }
  }

  private static void check(String what, int number) {
    if (number < 1 || number > MOST) {
      throw new IllegalArgumentException(what + " of " + number + " is not in 1.." + MOST);
    }
  }

  /// Reads `100/s`, `100/m`, `100/h`, with or without ` burst 200`; without it the burst is the
  /// count.
  ///
  /// @throws IllegalArgumentException if the text is none of these; the message says what is
  public static Rate parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a rate such as 100/s, 600/m or 100/s burst 200");
    }
    int count = Integer.parseInt(matcher.group(1));
    String burst = matcher.group(3);
    return new Rate(count, unit(matcher.group(2)), burst == null ? count : Integer.parseInt(burst));
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      default -> Duration.ofHours(1);
    };
  }

  /// The time that one of them takes up.
  public long intervalNs() {
    return Math.max(1, per.toNanos() / count);
  }

  /// As [#parse] reads it.
  public String text() {
    String letter = per.toString().substring(per.toString().length() - 1).toLowerCase(Locale.ROOT);
    return count + "/" + letter + (burst == count ? "" : " burst " + burst);
  }
}
