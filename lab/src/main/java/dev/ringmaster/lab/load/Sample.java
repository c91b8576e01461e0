package dev.ringmaster.lab.load;

import org.jspecify.annotations.Nullable;

/// One request's fate.
///
/// @param startNs when it was due (fixed rate) or sent (closed loop), in nanoseconds of the clock
/// @param endNs when its answer was whole, or it failed
/// @param status the HTTP status; 0 if there was no answer
/// @param server the id in the answer's greeting; null if there is none
/// @param failure why there was no answer; null if there was one
public record Sample(
    long startNs, long endNs, int status, @Nullable String server, @Nullable Failure failure) {

  /// The time from due to whole answer, so that a late start counts too.
  public long latencyNs() {
    return endNs - startNs;
  }

  /// Whether the client got what it asked for.
  public boolean good() {
    return failure == null && status == 200;
  }
}
