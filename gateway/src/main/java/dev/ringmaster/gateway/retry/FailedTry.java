package dev.ringmaster.gateway.retry;

/// What must be known of a failed try to decide about another.
///
/// @param failure how it ended
/// @param repeatable whether doing the request twice is as good as once: its method is idempotent
///   or it has an `Idempotency-Key`
/// @param answer how much of an answer the client has
/// @param body whether the body's beginning is still at hand
/// @param triedReplicas how many distinct replicas were tried, this one included
/// @param maxReplicas how many may be
public record FailedTry(
    Failure failure,
    boolean repeatable,
    AnswerSent answer,
    BodyKept body,
    int triedReplicas,
    int maxReplicas) {

  /// How much of an answer the client has.
  public enum AnswerSent {
    /// Not a byte.
    NOTHING,
    /// At least the head.
    BEGUN
  }

  /// Whether the request can be sent from its first byte.
  public enum BodyKept {
    /// It has no body, or all of it that came is at hand.
    WHOLE,
    /// More came than is kept.
    PASSED_ON
  }
}
