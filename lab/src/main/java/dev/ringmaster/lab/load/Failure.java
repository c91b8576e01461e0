package dev.ringmaster.lab.load;

/// Why a request got no answer.
public enum Failure {
  /// The connection could not be opened.
  CONNECT,
  /// The peer closed or reset the connection before its answer was whole.
  CLOSED,
  /// No whole answer in time.
  TIMEOUT,
  /// An answer came that is not HTTP/1.1, or one above the limits of [Reply].
  MALFORMED
}
