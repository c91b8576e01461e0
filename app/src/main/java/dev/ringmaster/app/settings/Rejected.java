package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.problem.Problem;
import java.util.List;

/// Settings that cannot be used.
public final class Rejected extends Exception {
  private final List<String> problems;

  /// @param problems one line each: where, what was expected, what was found
  public Rejected(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// Fails if there are any, with each once, in the order of the file.
  static void ifAny(List<Problem> problems) throws Rejected {
    if (!problems.isEmpty()) {
      throw new Rejected(Problem.texts(problems));
    }
  }

  /// One line each: where, what was expected, what was found.
  public List<String> problems() {
    return problems;
  }
}
