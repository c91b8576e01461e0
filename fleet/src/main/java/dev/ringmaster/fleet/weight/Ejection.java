package dev.ringmaster.fleet.weight;

/// A replica's record of ejections: a value that each ejection turns into the next one.
///
/// The n-th ejection in a row lasts n times the configured time, ten times at most. For each such
/// time that the replica then spends in the table the count falls by one. That is Envoy's outlier
/// detection (`base_ejection_time`, `max_ejection_time`) without its interval.
///
/// @param inARow how many there were in a row, the last included
/// @param endNs when the last one ended or will end
public record Ejection(int inARow, long endNs) {
  /// Never ejected.
  public static final Ejection NONE = new Ejection(0, 0);

  private static final int LONGEST = 10;

  /// The record after one more ejection, which begins now.
  public Ejection again(long nowNs, EjectionSettings settings) {
    long timeNs = settings.time().toNanos();
    long forgiven = Math.max(0, nowNs - endNs) / timeNs;
    int count = (int) Math.max(0, inARow - forgiven) + 1;
    return new Ejection(count, nowNs + Math.min(count, LONGEST) * timeNs);
  }

  /// The record if the last ejection ends now, before its time.
  public Ejection endedEarly(long nowNs) {
    return new Ejection(inARow, Math.min(endNs, nowNs));
  }
}
