package dev.ringmaster.fleet.weight;

import java.time.Duration;

/// When a replica whose requests fail is taken out of the table for a while.
///
/// @param failures failures in a row that eject it; 0 for never
/// @param time how long its first ejection lasts; the second in a row lasts twice as long, and so
///   on
/// @param most the part of all seats that may be ejected at a time, 0 to 1; one is always allowed
public record EjectionSettings(int failures, Duration time, double most) {

  /// Five failures, 30 s, a tenth.
  public static final EjectionSettings DEFAULTS =
      new EjectionSettings(5, Duration.ofSeconds(30), 0.1);

  /// No replica is ever ejected.
  public static final EjectionSettings OFF = new EjectionSettings(0, Duration.ofSeconds(30), 0.1);

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the value and what was expected
  public EjectionSettings {
    if (failures < 0) {
      throw new IllegalArgumentException("ejection failures must be 0 or more, is " + failures);
    }
    if (time.isNegative() || time.isZero() || time.toHours() > 1) {
      throw new IllegalArgumentException(
          "ejection time must be above 0 and at most an hour, is " + time);
    }
    if (!(most >= 0 && most <= 1)) {
      throw new IllegalArgumentException("ejection most must be between 0 and 1, is " + most);
    }
  }

  /// Whether one more seat may be ejected: one, or the permitted part of all, at a time, and never
  /// the last one that has any weight.
  ///
  /// @param seats all seats
  /// @param ejected those that are ejected now
  /// @param inTable those with a weight above 0, the one in question included
  public boolean allows(int seats, int ejected, int inTable) {
    int allowed = Math.max(1, (int) (most * seats));
    return inTable > 1 && ejected < allowed;
  }
}
