package dev.ringmaster.app.settings.catalog;

import java.time.Duration;
import java.util.List;

/// When a replica counts as alive, and when it takes its whole share of the keys.
public final class Health {
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Kind<Integer> COUNT = Kind.whole(1, 1000);

  public static final Setting<String> HEALTH_PATH =
      new Setting<>(
          "health.path",
          Scope.SERVICE,
          Kind.text("PATH", "a path that starts with /", "/[\\x21-\\x7e]{0,1023}"),
          "/heartbeat",
          "Path of the heartbeat; any answer below 500 is a sign of life.");

  public static final Setting<Duration> HEALTH_INTERVAL =
      new Setting<>(
          "health.interval",
          Scope.SERVICE,
          Kind.duration(MS, HOUR),
          "2s",
          "Time between heartbeats.");

  public static final Setting<Duration> HEALTH_TIMEOUT =
      new Setting<>(
          "health.timeout", Scope.SERVICE, Kind.duration(MS, HOUR), "1s", "Wait for their answer.");

  public static final Setting<Integer> HEALTH_FALL =
      new Setting<>(
          "health.fall", Scope.SERVICE, COUNT, "3", "Failures in a row that take a replica out.");

  public static final Setting<Integer> HEALTH_RISE =
      new Setting<>(
          "health.rise", Scope.SERVICE, COUNT, "2", "Answers in a row that bring it back.");

  public static final Setting<Double> HEALTH_JITTER =
      new Setting<>(
          "health.jitter",
          Scope.SERVICE,
          Kind.number(0, 0.5),
          "0.1",
          "Random part of the interval, each way.");

  public static final Setting<Duration> HEALTH_START_TIMEOUT =
      new Setting<>(
          "health.start-timeout",
          Scope.SERVICE,
          Kind.duration(MS, HOUR),
          "30s",
          "Wait for a new replica to serve.");

  public static final Setting<Integer> EJECTION_FAILURES =
      new Setting<>(
          "ejection.failures",
          Scope.SERVICE,
          Kind.whole(0, 1_000_000),
          "5",
          "Failed requests in a row that take a replica out for a while; 0 for never.");

  public static final Setting<Duration> EJECTION_TIME =
      new Setting<>(
          "ejection.time",
          Scope.SERVICE,
          Kind.duration(MS, HOUR),
          "30s",
          "How long; twice as long for the second time in a row, and so on up to ten times.");

  public static final Setting<Double> EJECTION_MOST =
      new Setting<>(
          "ejection.most",
          Scope.SERVICE,
          Kind.number(0, 1),
          "0.1",
          "The part of the replicas that may be out so; one always may, never the last one.");

  public static final Setting<Duration> SLOW_START =
      new Setting<>(
          "slow-start",
          Scope.SERVICE,
          Kind.duration(Duration.ZERO, HOUR),
          "0s",
          "Over this time a new or healed replica gets its keys, in tenths; 0s for all at once.");

  public static final Group GROUP =
      new Group(
          "Health",
          List.of(
              HEALTH_PATH,
              HEALTH_INTERVAL,
              HEALTH_TIMEOUT,
              HEALTH_FALL,
              HEALTH_RISE,
              HEALTH_JITTER,
              HEALTH_START_TIMEOUT,
              EJECTION_FAILURES,
              EJECTION_TIME,
              EJECTION_MOST,
              SLOW_START));

  private Health() {}
}
