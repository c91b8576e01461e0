package dev.ringmaster.gateway.own;

import java.util.Map;

/// An answer of Ringmaster's own.
///
/// @param status the HTTP status
/// @param headers beside Content-Length, which is set from the body
/// @param body the whole body, sent in UTF-8
public record Answer(int status, Map<String, String> headers, String body) {

  /// An answer in JSON, the text given.
  public static Answer json(int status, String json) {
    return new Answer(status, Map.of("Content-Type", "application/json"), json);
  }
}
