package dev.ringmaster.app.settings.problem;

import java.util.Comparator;
import java.util.List;

/// One thing that is wrong.
///
/// @param line of the file, or [#NO_LINE]
/// @param text one line for people, with its place
public record Problem(int line, String text) {
  /// Of what does not stand in the file; told after all that does.
  public static final int NO_LINE = Integer.MAX_VALUE;

  /// The texts in the order of the file, each once.
  public static List<String> texts(List<Problem> problems) {
    return problems.stream()
        .distinct()
        .sorted(Comparator.comparingInt(Problem::line))
        .map(Problem::text)
        .toList();
  }
}
