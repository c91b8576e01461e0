package dev.ringmaster.fleet.plan;

/// Durations in words.
public final class Times {
  private static final long MS = 1_000_000;

  private Times() {}

  /// `250 ms`, `30 s`, `1.5 s`.
  public static String words(long ns) {
    long ms = ns / MS;
    if (ms < 1000) {
      return ms + " ms";
    }
    return ms % 1000 == 0 ? ms / 1000 + " s" : Math.round(ms / 100.0) / 10.0 + " s";
  }
}
