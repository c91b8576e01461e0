package dev.ringmaster.queue.control;

/// What was asked for, or why not.
public sealed interface Reply<T> {

  /// It is done, and durable.
  record Done<T>(T value) implements Reply<T> {}

  /// It is not done, and nothing is changed.
  ///
  /// @param reason for people: what was expected
  /// @param retryAfterMs when to ask again; -1 if that would not help
  record Refused<T>(Refusal kind, String reason, long retryAfterMs) implements Reply<T> {}
}
