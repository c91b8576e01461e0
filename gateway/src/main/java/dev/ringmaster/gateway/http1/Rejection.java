package dev.ringmaster.gateway.http1;

/// Why a head is refused: the status for a client and a short reason for the answer and the log.
/// Towards a replica every one of them is a 502.
public enum Rejection {
  EMPTY_LINES(400, "too many empty lines before the request"),
  METHOD_INVALID(400, "invalid method"),
  METHOD_TOO_LONG(501, "method is not supported"),
  METHOD_REFUSED(501, "CONNECT and TRACE are not supported"),
  TARGET_INVALID(400, "invalid request target"),
  TARGET_TOO_LONG(414, "request target is too long"),
  VERSION_INVALID(400, "invalid HTTP version"),
  VERSION_UNSUPPORTED(505, "only HTTP/1.0 and HTTP/1.1 are spoken here"),
  HTTP2_PREFACE(505, "HTTP/2 is not spoken here"),
  STATUS_LINE_INVALID(400, "invalid status line"),
  STATUS_INVALID(400, "invalid status code"),
  HEAD_TOO_LARGE(431, "head is too large"),
  LINE_TOO_LONG(431, "header line is too long"),
  TOO_MANY_HEADERS(431, "too many headers"),
  LINE_FOLDED(400, "folded header line"),
  NAME_INVALID(400, "invalid header name"),
  VALUE_INVALID(400, "invalid byte in a header value"),
  LINE_END_INVALID(400, "line does not end with CR LF"),
  HOST_MISSING(400, "Host is missing"),
  HOST_REPEATED(400, "Host is repeated"),
  HOST_INVALID(400, "invalid Host"),
  HOST_CONTRADICTED(400, "Host differs from the request target"),
  LENGTH_REPEATED(400, "Content-Length is repeated"),
  LENGTH_INVALID(400, "invalid Content-Length"),
  LENGTH_TOO_LARGE(413, "body is too large"),
  LENGTH_WITH_CODING(400, "Content-Length with Transfer-Encoding"),
  LENGTH_FORBIDDEN(400, "Content-Length in an answer that has no body"),
  CODING_REPEATED(400, "Transfer-Encoding is repeated"),
  CODING_INVALID(400, "Transfer-Encoding is not exactly chunked"),
  CODING_FORBIDDEN(400, "Transfer-Encoding is not allowed here"),
  CONNECTION_INVALID(400, "invalid Connection"),
  CONNECTION_TOO_LONG(431, "too many options in Connection"),
  EXPECTATION_UNKNOWN(417, "unknown expectation");

  private final int status;
  private final String reason;

  Rejection(int status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  /// The status for a client that sent such a request.
  public int status() {
    return status;
  }

  /// A few words without quotes or control characters, fit for a JSON string and a log line.
  public String reason() {
    return reason;
  }
}
