package dev.ringmaster.fleet.health;

import java.time.Duration;

/// How replicas are asked for a sign of life.
///
/// @param path what a heartbeat asks for; any answer with a status below 500 is a sign of life
/// @param interval from one heartbeat's answer to the next heartbeat
/// @param timeout within which a heartbeat must be answered
/// @param fall failures in a row that take a serving replica out of the table
/// @param rise answers in a row that bring it back
/// @param jitter the part of the interval by which it varies at random, 0 to 0.5
/// @param startTimeout within which a new replica must answer its first heartbeat
/// @param probe what is spoken
public record HealthSettings(
    String path,
    Duration interval,
    Duration timeout,
    int fall,
    int rise,
    double jitter,
    Duration startTimeout,
    Probe probe) {

  /// Heartbeats by HTTP/1.1 over plain TCP.
  public HealthSettings(
      String path,
      Duration interval,
      Duration timeout,
      int fall,
      int rise,
      double jitter,
      Duration startTimeout) {
    this(path, interval, timeout, fall, rise, jitter, startTimeout, Probe.HTTP1);
  }

  public HealthSettings withProbe(Probe spoken) {
    return new HealthSettings(path, interval, timeout, fall, rise, jitter, startTimeout, spoken);
  }

  public static final HealthSettings DEFAULTS =
      new HealthSettings(
          "/heartbeat",
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          3,
          2,
          0.1,
          Duration.ofSeconds(30));

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the value and what was expected
  public HealthSettings {
    if (!path.matches("/[\\x21-\\x7e]{0,1023}")) {
      throw new IllegalArgumentException("the heartbeat's path must start with /, has: " + path);
    }
    requirePositive("interval", interval);
    requirePositive("timeout", timeout);
    requirePositive("start-timeout", startTimeout);
    if (fall < 1 || rise < 1) {
      throw new IllegalArgumentException("fall and rise must be at least 1: " + fall + ", " + rise);
    }
    if (!(jitter >= 0 && jitter <= 0.5)) {
      throw new IllegalArgumentException("jitter must be between 0 and 0.5, is " + jitter);
    }
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.toDays() > 1) {
      throw new IllegalArgumentException(
          "health " + what + " must be above 0 and at most a day, is " + duration);
    }
  }
}
