package dev.ringmaster.gateway.ledger;

import org.jspecify.annotations.Nullable;

/// One exchange, for the access log.
///
/// @param startedMs when its head was complete, milliseconds since 1970
/// @param client the peer's address
/// @param method as sent
/// @param target path and query as sent, one character a byte
/// @param status of the answer; 499 if the client left before one began
/// @param replica the name of the last replica tried, null if none was
/// @param seat its seat, -1 if there is none
/// @param tries how often the request was sent or a connection for it attempted
/// @param durationNs from the head to the end
/// @param connectNs how long the last connection took to stand; 0 for a kept one
/// @param firstByteNs from the head to the first byte of the answer; 0 if none came
/// @param bytesIn body bytes from the client, framing included
/// @param bytesOut body bytes to the client, framing included
/// @param note why it failed, or null
public record Line(
    long startedMs,
    String client,
    String method,
    String target,
    int status,
    @Nullable String replica,
    int seat,
    int tries,
    long durationNs,
    long connectNs,
    long firstByteNs,
    long bytesIn,
    long bytesOut,
    @Nullable String note) {
  /// An exchange that reached no replica.
  ///
  /// @param request the method and the target
  public static Line unrouted(long startedMs, String client, Request request, Ending ending) {
    return new Line(
        startedMs,
        client,
        request.method(),
        request.target(),
        ending.status(),
        null,
        -1,
        0,
        ending.durationNs(),
        0,
        0,
        0,
        0,
        ending.note());
  }

  /// How it ended.
  public record Ending(int status, long durationNs, @Nullable String note) {}

  /// What was asked for.
  public record Request(String method, String target) {
    /// What could not be read.
    public static final Request UNREADABLE = new Request("-", "-");
  }
}
