package dev.ringmaster.app.settings.catalog;

import java.time.Duration;
import java.util.List;

/// How long is waited and how often tried, so that neither replicas nor clients suffer.
public final class Protection {
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  public static final Setting<Duration> TIMEOUT_CONNECT =
      new Setting<>(
          "timeouts.connect",
          Scope.SERVICE,
          Kind.duration(MS, HOUR),
          "1s",
          "Connect to a replica.");

  public static final Setting<Duration> TIMEOUT_FIRST_BYTE =
      new Setting<>(
          "timeouts.first-byte",
          Scope.ROUTE,
          Kind.duration(MS, DAY),
          "30s",
          "First byte of an answer; else 504.");

  public static final Setting<Duration> TIMEOUT_IDLE =
      new Setting<>(
          "timeouts.idle",
          Scope.SERVICE,
          Kind.duration(MS, DAY),
          "60s",
          "Silence on a connection.");

  public static final Setting<Duration> TIMEOUT_HEAD =
      new Setting<>(
          "timeouts.head",
          Scope.PROCESS,
          Kind.duration(MS, HOUR),
          "10s",
          "A request's head; else 408.");

  public static final Setting<Duration> TIMEOUT_HEAL =
      new Setting<>(
          "timeouts.heal",
          Scope.SERVICE,
          Kind.duration(Duration.ZERO, HOUR),
          "3s",
          "Wait for a replica to serve again when none is left to try; else 503.");

  public static final Setting<Duration> TIMEOUT_TUNNEL =
      new Setting<>(
          "timeouts.tunnel",
          Scope.SERVICE,
          Kind.duration(MS, DAY),
          "1h",
          "Silence on a WebSocket or another upgraded connection.");

  public static final Setting<Double> RETRY_BUDGET =
      new Setting<>(
          "retry.budget",
          Scope.SERVICE,
          Kind.number(0, 1),
          "0.2",
          "Retries as a share of requests.");

  public static final Setting<Integer> RETRY_PER_SECOND =
      new Setting<>(
          "retry.per-second",
          Scope.SERVICE,
          Kind.whole(0, 1_000_000),
          "10",
          "Retries a second beside the budget.");

  public static final Setting<Integer> RETRY_TRIES =
      new Setting<>(
          "retry.tries",
          Scope.SERVICE,
          Kind.whole(1, 8),
          "3",
          "Replicas that one request may be sent to.");

  static final Group GROUP =
      new Group(
          "Time-outs and retries",
          List.of(
              TIMEOUT_CONNECT,
              TIMEOUT_FIRST_BYTE,
              TIMEOUT_IDLE,
              TIMEOUT_HEAD,
              TIMEOUT_HEAL,
              TIMEOUT_TUNNEL,
              RETRY_BUDGET,
              RETRY_PER_SECOND,
              RETRY_TRIES));

  private Protection() {}
}
