package dev.ringmaster.fleet.fixed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A given target as it is written: `host:port`, `[v6]:port`, or either with `*weight` behind it.
///
/// @param name the target without its weight
/// @param weight 0 to 1; 1 where none is given
public record Target(String name, String host, int port, double weight) {
  /// What a target looks like; a port or a weight beyond its range is refused by [#parse].
  public static final String FORM =
      "(([^\\s,*]+):([0-9]{1,5}))(?:\\*([0-9]{1,9}(?:\\.[0-9]{1,9})?))?";

  private static final Pattern PARTS = Pattern.compile(FORM);

  private static final int LAST_PORT = 65535;

  /// Reads a target.
  ///
  /// @throws IllegalArgumentException naming what cannot be used
  public static Target parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(3)) > LAST_PORT) {
      throw new IllegalArgumentException(
          "target '" + text + "' is not of the form host:port or host:port*weight");
    }
    double weight = parts.group(4) == null ? 1 : Double.parseDouble(parts.group(4));
    if (weight > 1) {
      throw new IllegalArgumentException("target '" + text + "': a weight must be between 0 and 1");
    }
    return new Target(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3)), weight);
  }
}
