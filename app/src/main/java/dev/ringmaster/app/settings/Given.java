package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.problem.Problem;

/// A value that someone gave.
///
/// @param key what was set
/// @param text the value as written
/// @param origin where, for messages: `--port`, `ringmaster.yaml:12`
/// @param line of the file, or [Problem#NO_LINE]
/// @param section in which part of the file: empty for the top level, `services.users.`, `route 2:
///   `
public record Given(String key, String text, String origin, int line, String section) {

  /// One that does not stand in the file.
  public Given(String key, String text, String origin) {
    this(key, text, origin, Problem.NO_LINE, "");
  }

  /// The start of a message about this value.
  String place() {
    return origin.startsWith("--") ? origin : origin + ": " + section + key;
  }

  /// What is wrong with it.
  Problem problem(String what) {
    return new Problem(line, place() + ": " + what);
  }
}
