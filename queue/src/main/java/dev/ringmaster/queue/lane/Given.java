package dev.ringmaster.queue.lane;

/// A message that is given out.
///
/// @param attempt the first is 1
public record Given(long seq, int attempt) {}
