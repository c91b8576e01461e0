package dev.ringmaster.app.settings.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kind of value: how it is read from text, and how it is described to people and to editors.
///
/// @param label the placeholder in help texts: `N`, `DURATION`
/// @param expected what is expected, for messages: `a whole number from 1 to 65535`
/// @param form how it is written in the file
/// @param schema the JSON Schema keywords that describe it in the file
/// @param parser reads it from text; throws [IllegalArgumentException] if it is not one, with a
///   message only if that says more than `expected`
public record Kind<T>(
    String label,
    String expected,
    Form form,
    Map<String, Object> schema,
    Function<String, T> parser) {

  /// How a value is written in a file.
  public enum Form {
    WHOLE,
    NUMBER,
    BOOLEAN,
    TEXT,
    LIST
  }

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final String DURATION_SCHEMA = "^[0-9]{1,9}(ms|s|m|h)$";

  /// A whole number.
  public static Kind<Integer> whole(int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    return new Kind<>(
        "N",
        expected,
        Form.WHOLE,
        Map.of("type", "integer", "minimum", least, "maximum", most),
        text -> {
          int number = Integer.parseInt(text);
          require(number >= least && number <= most);
          return number;
        });
  }

  /// A decimal number.
  public static Kind<Double> number(double least, double most) {
    return new Kind<>(
        "X",
        "a number from " + plain(least) + " to " + plain(most),
        Form.NUMBER,
        Map.of("type", "number", "minimum", least, "maximum", most),
        text -> {
          double number = Double.parseDouble(text);
          require(number >= least && number <= most);
          return number;
        });
  }

  /// A time with its unit.
  public static Kind<Duration> duration(Duration least, Duration most) {
    return new Kind<>(
        "TIME",
        "a time from " + text(least) + " to " + text(most) + ", such as 250ms, 2s or 1m",
        Form.TEXT,
        Map.of("type", "string", "pattern", DURATION_SCHEMA),
        text -> {
          Duration duration = parseDuration(text);
          require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
          return duration;
        });
  }

  /// Yes or no.
  public static Kind<Boolean> yesNo() {
    return new Kind<>(
        "true|false",
        "true or false",
        Form.BOOLEAN,
        Map.of("type", "boolean"),
        text -> {
          require(text.equals("true") || text.equals("false"));
          return text.equals("true");
        });
  }

  /// One of a few words.
  public static Kind<String> choice(List<String> words) {
    return new Kind<>(
        String.join("|", words),
        "one of " + String.join(", ", words),
        Form.TEXT,
        Map.of("type", "string", "enum", words),
        text -> {
          require(words.contains(text));
          return text;
        });
  }

  /// A text that a pattern matches whole.
  public static Kind<String> text(String label, String expected, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return new Kind<>(
        label,
        expected,
        Form.TEXT,
        Map.of("type", "string", "pattern", "^(?:" + pattern + ")$"),
        text -> {
          require(compiled.matcher(text).matches());
          return text;
        });
  }

  /// A text without spaces.
  public static Kind<String> word(String label, String expected) {
    return text(label, expected, "\\S+");
  }

  /// A path of the file system.
  public static Kind<Path> path() {
    return parsed("PATH", "a path", Path::of);
  }

  /// A text that a parser of another room reads; its message is passed on.
  public static <T> Kind<T> parsed(String label, String expected, Function<String, T> parser) {
    return new Kind<>(label, expected, Form.TEXT, Map.of("type", "string", "minLength", 1), parser);
  }

  /// Several values: a list in the file, separated by commas in a flag.
  public static <T> Kind<List<T>> list(Kind<T> element, String expected, int least, int most) {
    return new Kind<>(
        element.label + ",…",
        expected,
        Form.LIST,
        Map.of("type", "array", "items", element.schema, "minItems", least, "maxItems", most),
        text -> {
          List<T> values = new ArrayList<>();
          for (String part : text.split(",", -1)) {
            values.add(element.parser.apply(part.strip()));
          }
          require(values.size() >= least && values.size() <= most);
          return List.copyOf(values);
        });
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    require(matcher.matches());
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static String text(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static void require(boolean expected) {
    if (!expected) {
      throw new IllegalArgumentException();
    }
  }
}
