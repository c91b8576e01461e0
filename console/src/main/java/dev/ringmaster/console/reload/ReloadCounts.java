package dev.ringmaster.console.reload;

import java.time.Instant;

/// The reloads since the start.
///
/// @param done how many took the settings of the file
/// @param refused how many changed nothing because the file was wrong
/// @param last when the last one ended; the epoch if there was none
public record ReloadCounts(long done, long refused, Instant last) {
  /// None yet.
  public static final ReloadCounts NONE = new ReloadCounts(0, 0, Instant.EPOCH);

  /// One more.
  public ReloadCounts with(ReloadResult result, Instant now) {
    return switch (result) {
      case ReloadResult.Done(var changes) -> new ReloadCounts(done + 1, refused, now);
      case ReloadResult.Refused(var problems) -> new ReloadCounts(done, refused + 1, now);
    };
  }
}
