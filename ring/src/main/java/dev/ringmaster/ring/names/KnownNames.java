package dev.ringmaster.ring.names;

import java.util.List;

/// The names that a setting may have.
///
/// @param what what is named, for the error: `scheme`, `hash function`
/// @param names all of them, in the order in which they are shown
public record KnownNames(String what, List<String> names) {

  public KnownNames {
    names = List.copyOf(names);
  }

  /// The error for a name that is not known; it shows the nearest one that is.
  public IllegalArgumentException unknown(String given) {
    return new IllegalArgumentException(
        "unknown %s '%s': did you mean '%s'? Known are %s"
            .formatted(what, given, nearest(given), String.join(", ", names)));
  }

  /// The name with the fewest insertions, deletions and replacements of one character away from the
  /// given one; the first of those that are equally near.
  public String nearest(String given) {
    String best = names.getFirst();
    int bestDistance = Integer.MAX_VALUE;
    for (String name : names) {
      int distance = distance(given, name);
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return best;
  }

  /// The Levenshtein distance, row by row.
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
