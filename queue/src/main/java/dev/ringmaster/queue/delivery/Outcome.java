package dev.ringmaster.queue.delivery;

/// What became of one attempt.
public sealed interface Outcome {

  /// A replica answered, with any status.
  ///
  /// @param answer what it said
  /// @param seat which answered
  /// @param retryAfterMs what its Retry-After asks for; -1 if there is none
  record Answered(Answer answer, int seat, long retryAfterMs) implements Outcome {}

  /// A replica was tried and gave no answer: the attempt counts.
  ///
  /// @param reason for people, such as "the answer did not come in time"
  record Broken(String reason) implements Outcome {}

  /// No replica was tried, because none serves or all are full: the attempt does not count.
  ///
  /// @param reason for people
  record Refused(String reason) implements Outcome {}
}
