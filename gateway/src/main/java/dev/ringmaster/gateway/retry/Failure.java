package dev.ringmaster.gateway.retry;

/// How a try at a replica ended without an answer.
public enum Failure {
  /// The connection was refused or reset before it stood; the replica saw nothing.
  REFUSED(502, "a replica refused the connection"),
  /// TLS was not agreed upon, or the replica's certificate is not trusted; the replica saw nothing.
  UNTRUSTED(502, "TLS with a replica failed"),
  /// The connection did not stand in time; the replica saw nothing.
  CONNECT_TIMEOUT(502, "a replica could not be reached in time"),
  /// A connection that had been kept broke before a byte of the answer came; most likely the
  /// replica closed it while it was idle.
  STALE(502, "a replica closed the connection"),
  /// The machine gives us no socket to connect with, which is not the replica's fault.
  NO_SOCKET(503, "no socket for a connection to a replica"),
  /// A kept connection took no more requests, and said that this one was not looked at (GOAWAY of
  /// HTTP/2).
  LEFT_OUT(502, "a replica ended the connection"),
  /// The replica said that it did not look at the request (HTTP/2, RFC 9113, 8.7).
  TURNED_AWAY(502, "a replica did not take the request"),
  /// A connection broke while an answer was due.
  BROKEN(502, "a replica broke the connection"),
  /// The answer did not begin in time.
  SLOW(504, "a replica did not answer in time"),
  /// What came is not an HTTP answer.
  GARBAGE(502, "a replica's answer is not valid HTTP");

  private final int status;
  private final String reason;

  Failure(int status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  /// The status for the client if nothing is tried again.
  public int status() {
    return status;
  }

  /// A few words without quotes, fit for a JSON string and a log line.
  public String reason() {
    return reason;
  }

  /// Whether the replica cannot have seen anything of the request.
  public boolean sawNothing() {
    return switch (this) {
      case REFUSED, UNTRUSTED, CONNECT_TIMEOUT, NO_SOCKET -> true;
      case LEFT_OUT, TURNED_AWAY, STALE, BROKEN, SLOW, GARBAGE -> false;
    };
  }
}
