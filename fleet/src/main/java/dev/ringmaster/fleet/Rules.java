package dev.ringmaster.fleet;

import dev.ringmaster.fleet.plan.Names;
import dev.ringmaster.ring.Scheme;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a command must be to be taken. Each rule answers null, or why it is refused.
final class Rules {
  static final String MORE_NAMES_THAN_ADDED =
      "Length of hostname list is more than newly added instances";
  static final String MORE_NAMES_THAN_REMOVABLE =
      "Length of hostname list is more than removable instances";
  static final String FIXED =
      "the targets are given: Ringmaster watches them and can neither add nor remove any";

  static final String FIXED_LIVES =
      "the targets are given: Ringmaster watches them and can neither start nor stop any";

  static final String NOT_GIVEN = "the replicas are started by Ringmaster: no targets are given";

  private Rules() {}

  /// Whether a seat may have this weight.
  ///
  /// @param others the sum of the weights of the other seats
  static @Nullable String weigh(double weight, Scheme scheme, double others) {
    if (!(weight >= 0 && weight <= 1)) {
      return "a weight must be between 0 and 1, is " + weight;
    }
    if (weight == 0 && others == 0) {
      return "then no seat would have any weight";
    }
    return scheme instanceof Scheme.Classic && weight > 0 && weight < 1
        ? "the scheme classic knows no weights between 0 and 1"
        : null;
  }

  /// Whether `n` may be added to the desired ones.
  ///
  /// @param existing the names that are in use
  static @Nullable String add(
      int n, List<String> names, Set<String> existing, int desired, int max) {
    if (n < 1) {
      return "n must be from 1 to "
          + (max - desired)
          + " (max-replicas is "
          + max
          + ", N is "
          + desired
          + "), is "
          + n;
    }
    if (names.size() > n) {
      return MORE_NAMES_THAN_ADDED;
    }
    if (n > max - desired) {
      return "n = " + n + " would make more than max-replicas = " + max + " (N is " + desired + ")";
    }
    String bad = form(names);
    if (bad != null) {
      return bad;
    }
    for (String name : names) {
      if (existing.contains(name)) {
        return "replica '" + name + "' exists already";
      }
    }
    return null;
  }

  /// Whether `n` may be removed.
  ///
  /// @param seated the names of the replicas on seats
  static @Nullable String remove(int n, List<String> names, Set<String> seated, int desired) {
    if (n < 1) {
      return "n must be from 1 to N, which is " + desired + ", is " + n;
    }
    if (names.size() > n) {
      return MORE_NAMES_THAN_REMOVABLE;
    }
    if (n > desired) {
      return "n = " + n + " is more than there are (N is " + desired + ")";
    }
    String bad = form(names);
    return bad != null ? bad : unknown(names, seated);
  }

  /// Whether all of these sit on seats.
  static @Nullable String unknown(List<String> names, Set<String> seated) {
    for (String name : names) {
      if (!seated.contains(name)) {
        return "replica '" + name + "' does not exist";
      }
    }
    return null;
  }

  private static @Nullable String form(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!Names.valid(name)) {
        return "hostname '" + shown(name) + "' does not match [a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}";
      }
      if (!seen.add(name)) {
        return "hostname '" + name + "' is given twice";
      }
    }
    return null;
  }

  /// A client's text as it may stand in an answer and a log: short, and on one line.
  private static String shown(String name) {
    String line = name.replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() > 64 ? line.substring(0, 64) + "…" : line;
  }
}
