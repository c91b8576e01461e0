package dev.ringmaster.server.http;

import java.io.IOException;

/// The peer sent what is not HTTP/1.1, or more than is allowed. The connection ends after the
/// answer, since where the next request begins is not known.
public final class BadRequest extends IOException {
  private final int status;
  private final String reason;

  /// @param status the status to answer with, 4xx or 5xx
  /// @param message what was wrong, for people
  public BadRequest(int status, String message) {
    super(message);
    this.status = status;
    this.reason = message;
  }

  /// The status to answer with.
  public int status() {
    return status;
  }

  /// What was wrong.
  String reason() {
    return reason;
  }
}
