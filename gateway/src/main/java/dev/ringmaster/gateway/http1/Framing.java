package dev.ringmaster.gateway.http1;

/// How the end of a message's body is found (RFC 9112, section 6.3).
public enum Framing {
  /// No body.
  NONE,
  /// As many bytes as Content-Length says, possibly none.
  LENGTH,
  /// Transfer-Encoding: chunked.
  CHUNKED,
  /// Whatever comes until the connection closes; answers only.
  UNTIL_CLOSE
}
