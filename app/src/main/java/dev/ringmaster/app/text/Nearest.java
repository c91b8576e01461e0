package dev.ringmaster.app.text;

import java.util.Collection;
import java.util.Optional;

/// Finds what someone probably meant.
public final class Nearest {
  private Nearest() {}

  /// The known name with the fewest edits (insert, drop, change, swap neighbours) to a wrong one;
  /// empty if all need more edits than a third of its length, and two at least.
  public static Optional<String> to(String wrong, Collection<String> known) {
    int bound = Math.max(2, wrong.length() / 3);
    String nearest = null;
    for (String name : known) {
      int edits = edits(wrong, name);
      if (edits <= bound) {
        nearest = name;
        bound = edits - 1;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /// The sentence that suggests the nearest name, after a semicolon; empty if none is near.
  public static String hint(String wrong, Collection<String> known) {
    return to(wrong, known).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /// The optimal string alignment distance.
  static int edits(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(from, to, cost, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cheapest(String from, String to, int[][] cost, int i, int j) {
    int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    best = Math.min(best, cost[i - 1][j - 1] + change);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
