package dev.ringmaster.queue.retry;

/// What is to become of a message after an attempt.
public sealed interface Verdict {

  /// It is handled.
  record Handled() implements Verdict {}

  /// The attempt counts; it is tried again.
  ///
  /// @param reason for people
  record Again(long waitMs, String reason) implements Verdict {}

  /// It is not tried any more.
  ///
  /// @param reason for people
  record Dead(String reason) implements Verdict {}
}
