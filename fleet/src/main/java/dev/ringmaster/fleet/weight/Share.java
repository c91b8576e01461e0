package dev.ringmaster.fleet.weight;

import dev.ringmaster.ring.Roster;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What decides how much a serving replica's seat takes of its keys.
///
/// @param weight the seat's weight as configured or commanded, 0 to 1
/// @param warmth the part of it that slow start gives by now, above 0 and up to 1
/// @param ejectedUntil when the replica may come back that was ejected for its failures; null if it
///   is not ejected
public record Share(double weight, double warmth, @Nullable Instant ejectedUntil) {
  /// The whole share.
  public static final Share FULL = new Share(1, 1, null);

  /// The seat's weight in the table while its replica serves, 0 to [Roster#FULL]; above 0 unless
  /// the weight is 0 or the replica ejected.
  public int inTable() {
    if (ejectedUntil != null || weight == 0) {
      return 0;
    }
    return Math.max(1, (int) Math.round(weight * warmth * Roster.FULL));
  }
}
