package dev.ringmaster.console.access;

/// Whether a question may change the fleet.
public sealed interface Verdict {

  /// It may.
  record Allowed() implements Verdict {}

  /// It lacks the token or has a wrong one.
  record TokenNeeded() implements Verdict {}

  /// It may not.
  ///
  /// @param reason a sentence that says what is refused and what to do
  record Forbidden(String reason) implements Verdict {}
}
