package dev.ringmaster.app.settings.catalog;

import dev.ringmaster.gateway.settings.ConcurrencyLimit;
import dev.ringmaster.gateway.settings.Rate;
import java.time.Duration;
import java.util.List;

/// How long is waited and how often tried, so that neither replicas nor clients suffer.
public final class Protection {
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  public static final Setting<Duration> TIMEOUT_CONNECT =
      new Setting<>(
          "timeouts.connect", Scope.ROUTE, Kind.duration(MS, HOUR), "1s", "Connect to a replica.");

  public static final Setting<Duration> TIMEOUT_FIRST_BYTE =
      new Setting<>(
          "timeouts.first-byte",
          Scope.ROUTE,
          Kind.duration(MS, DAY),
          "30s",
          "First byte of an answer; else 504.");

  public static final Setting<Duration> TIMEOUT_IDLE =
      new Setting<>(
          "timeouts.idle", Scope.ROUTE, Kind.duration(MS, DAY), "60s", "Silence on a connection.");

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

  public static final Setting<Duration> TIMEOUT_QUEUE =
      new Setting<>(
          "timeouts.queue",
          Scope.SERVICE,
          Kind.duration(Duration.ZERO, HOUR),
          "1s",
          "Wait for a place when every replica is at its limit; else 503.");

  public static final Setting<Duration> TIMEOUT_REQUEST =
      new Setting<>(
          "timeouts.request",
          Scope.ROUTE,
          Kind.duration(Duration.ZERO, DAY),
          "0s",
          "All of a request, to the last byte of its answer; else 504. 0s: no limit.");

  public static final Setting<Integer> IN_FLIGHT =
      new Setting<>(
          "limits.in-flight",
          Scope.SERVICE,
          Kind.whole(0, 1_000_000),
          "0",
          "Requests that a replica may have at once; more wait. 0: no limit.");

  public static final Setting<Integer> QUEUE =
      new Setting<>(
          "limits.queue",
          Scope.SERVICE,
          Kind.whole(0, ConcurrencyLimit.MOST_WAITING),
          "1024",
          "Requests that may wait when every replica is at its limit; more get 503.");

  public static final Setting<Integer> CONNECTIONS_PER_CLIENT =
      new Setting<>(
          "limits.connections-per-client",
          Scope.PROCESS,
          Kind.whole(0, 1_000_000),
          "0",
          "Connections of one IPv4 address or IPv6 /64; more are closed. 0: no limit.");

  public static final Setting<Rate> REQUESTS_PER_CLIENT =
      new Setting<>(
          "limits.requests-per-client",
          Scope.PROCESS,
          Kind.parsed("RATE", "a rate such as 100/s, 600/m or 100/s burst 200", Rate::parse),
          null,
          "Requests of one IPv4 address or IPv6 /64; more get 429.");

  public static final Setting<Duration> HEDGE_AFTER =
      new Setting<>(
          "hedge.after",
          Scope.SERVICE,
          Kind.duration(MS, HOUR),
          null,
          "Without a first byte after this time, also try the next candidate.");

  public static final Setting<Double> HEDGE_BUDGET =
      new Setting<>(
          "hedge.budget",
          Scope.SERVICE,
          Kind.number(0, 1),
          "0.05",
          "Second tries as a share of requests.");

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
          Scope.ROUTE,
          Kind.whole(1, 8),
          "3",
          "Replicas that one request may be sent to.");

  public static final Setting<Integer> LIMIT_HEADERS =
      new Setting<>(
          "limits.headers",
          Scope.PROCESS,
          Kind.whole(1, 4_096),
          "128",
          "Header lines of a request or an answer; more are a 431 or 502.");

  public static final Setting<Integer> LIMIT_HEAD_BYTES =
      new Setting<>(
          "limits.head-bytes",
          Scope.PROCESS,
          Kind.whole(1_024, 1 << 20),
          "65536",
          "Bytes of the head of a request or an answer.");

  public static final Setting<Integer> LIMIT_TARGET_BYTES =
      new Setting<>(
          "limits.target-bytes",
          Scope.PROCESS,
          Kind.whole(16, 1 << 20),
          "16384",
          "Bytes of a request's target; more are a 414.");

  public static final Setting<Long> LIMIT_BODY_BYTES =
      new Setting<>(
          "limits.body-bytes",
          Scope.ROUTE,
          Kind.parsed("BYTES", "bytes such as 500000, 64k, 10m or 2g, or off", Protection::bytes),
          "off",
          "Bytes of a request's body; more are a 413.");

  public static final Setting<Integer> LIMIT_BODY_RATE =
      new Setting<>(
          "limits.body-min-rate",
          Scope.PROCESS,
          Kind.whole(0, 1 << 20),
          "240",
          "Bytes a second of a request's body that must come, over 10 s; else 408. 0: no limit.");

  private static Long bytes(String text) {
    if (text.equals("off")) {
      return Long.MAX_VALUE;
    }
    int shift = 10 * (1 + "kmg".indexOf(text.charAt(text.length() - 1)));
    String digits = shift == 0 ? text : text.substring(0, text.length() - 1);
    if (!digits.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException();
    }
    return Long.parseLong(digits) << shift;
  }

  static final Group GROUP =
      new Group(
          "Time-outs, limits and retries",
          List.of(
              TIMEOUT_CONNECT,
              TIMEOUT_FIRST_BYTE,
              TIMEOUT_IDLE,
              TIMEOUT_HEAD,
              TIMEOUT_HEAL,
              TIMEOUT_TUNNEL,
              TIMEOUT_QUEUE,
              TIMEOUT_REQUEST,
              IN_FLIGHT,
              QUEUE,
              CONNECTIONS_PER_CLIENT,
              REQUESTS_PER_CLIENT,
              HEDGE_AFTER,
              HEDGE_BUDGET,
              RETRY_BUDGET,
              RETRY_PER_SECOND,
              RETRY_TRIES,
              LIMIT_HEADERS,
              LIMIT_HEAD_BYTES,
              LIMIT_TARGET_BYTES,
              LIMIT_BODY_BYTES,
              LIMIT_BODY_RATE));

  private Protection() {}
}
