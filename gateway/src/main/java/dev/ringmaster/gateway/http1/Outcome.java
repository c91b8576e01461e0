package dev.ringmaster.gateway.http1;

/// What became of the bytes given to a [Head].
public enum Outcome {
  /// All given bytes were taken; the head is not at its end yet.
  MORE,
  /// The head is whole; the next byte of the input is the first one after it.
  COMPLETE,
  /// The head must not be used; [Head#rejection] says why. The connection must be closed.
  REJECTED
}
