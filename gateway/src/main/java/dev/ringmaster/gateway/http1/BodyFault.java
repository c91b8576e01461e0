package dev.ringmaster.gateway.http1;

/// What is wrong with a body: the status for a client that sent it and a reason for the log.
/// Towards a replica every one of them is a 502 or, once the answer has begun, a cut connection.
public enum BodyFault {
  SIZE_INVALID(400, "invalid chunk size"),
  SIZE_TOO_LARGE(400, "chunk size is too large"),
  LINE_END_INVALID(400, "chunk does not end with CR LF"),
  EXTENSION_INVALID(400, "invalid byte in a chunk extension"),
  EXTENSIONS_TOO_LONG(400, "chunk extensions are too long"),
  TRAILER_INVALID(400, "invalid trailer"),
  TRAILER_FORBIDDEN(400, "trailer that must be a header"),
  TRAILERS_TOO_LONG(431, "trailers are too long"),
  BODY_TOO_LARGE(413, "body is too large"),
  CUT_SHORT(400, "connection closed inside the body"),
  NO_ROOM(503, "too many bodies are held at once");

  private final int status;
  private final String reason;

  BodyFault(int status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  /// The status for a client that sent such a body.
  public int status() {
    return status;
  }

  /// A few words without quotes or control characters.
  public String reason() {
    return reason;
  }
}
