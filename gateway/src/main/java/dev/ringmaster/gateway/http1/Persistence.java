package dev.ringmaster.gateway.http1;

/// What an answer says about the connection to the client, which the caller decides.
public enum Persistence {
  /// Goes on, and need not say so: an HTTP/1.1 client. Also for interim answers.
  IMPLIED,
  /// Goes on and says so: an HTTP/1.0 client that asked for it.
  STATED,
  /// Ends after the answer.
  CLOSE,
  /// Ends after the answer, whose chunked body is sent without its framing: an HTTP/1.0 client.
  CLOSE_UNCHUNKED,
  /// Becomes a tunnel: 101 with its Upgrade header.
  UPGRADE
}
