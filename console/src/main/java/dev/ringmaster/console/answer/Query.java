package dev.ringmaster.console.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A query string as names and the values of each, in order; `+` is a space.
public final class Query {
  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /// Reads a query without its question mark.
  ///
  /// @throws IllegalArgumentException if a per cent sign is not followed by two hexadecimal digits,
  ///   or a name is not one of `names`
  public static Query of(String text, Set<String> names) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
      String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
      if (!names.contains(name)) {
        throw new IllegalArgumentException("the query knows only " + String.join(", ", names));
      }
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new Query(values);
  }

  /// All values of a name.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// The last value of a name, or the fallback if there is none.
  public String last(String name, String fallback) {
    List<String> all = all(name);
    return all.isEmpty() ? fallback : all.getLast();
  }
}
