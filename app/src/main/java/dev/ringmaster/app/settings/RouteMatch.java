package dev.ringmaster.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The requests that a route is for: those that meet all of its conditions.
///
/// @param host in lower case, without a port, or `*.` and a domain for all hosts below it; null for
///   any
/// @param path the path itself and all below it; null for any
/// @param methods any of these; empty for any
/// @param headers names in lower case, and the whole value of each; empty if it must only be there
public record RouteMatch(
    @Nullable String host,
    @Nullable String path,
    Set<String> methods,
    Map<String, String> headers) {

  public RouteMatch {
    methods = Set.copyOf(methods);
    headers = Map.copyOf(headers);
  }

  /// The conditions for people.
  String text() {
    List<String> words = new ArrayList<>();
    if (host != null) {
      words.add("host " + host);
    }
    if (path != null) {
      words.add("path " + path);
    }
    if (!methods.isEmpty()) {
      words.add("method " + String.join(",", new TreeSet<>(methods)));
    }
    new TreeMap<>(headers)
        .forEach(
            (name, value) -> words.add("header " + name + (value.isEmpty() ? "" : "=" + value)));
    return words.isEmpty() ? "any request" : String.join(" ", words);
  }

  /// Whether every request that the other is for is one that this is for as well.
  public boolean covers(RouteMatch other) {
    return coversHost(other.host)
        && coversPath(other.path)
        && coversMethods(other.methods)
        && headers.entrySet().stream().allMatch(rule -> coversHeader(rule, other));
  }

  private static boolean coversHeader(Map.Entry<String, String> rule, RouteMatch other) {
    String value = other.headers.get(rule.getKey());
    return value != null && (rule.getValue().isEmpty() || rule.getValue().equals(value));
  }

  private boolean coversMethods(Set<String> others) {
    return methods.isEmpty() || (!others.isEmpty() && methods.containsAll(others));
  }

  private boolean coversHost(@Nullable String other) {
    if (host == null) {
      return true;
    }
    if (other == null) {
      return false;
    }
    return host.equals(other) || (host.startsWith("*.") && other.endsWith(host.substring(1)));
  }

  private boolean coversPath(@Nullable String other) {
    if (path == null || path.equals("/")) {
      return true;
    }
    if (other == null) {
      return false;
    }
    return other.equals(path) || other.startsWith(path.endsWith("/") ? path : path + "/");
  }
}
