package dev.ringmaster.gateway.own;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer of Ringmaster's own.
///
/// @param status the HTTP status
/// @param headers beside those that frame the body
/// @param content the body
public record Answer(int status, Map<String, String> headers, AnswerBody content) {

  /// An answer whose body is that text in UTF-8.
  public Answer(int status, Map<String, String> headers, String body) {
    this(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /// An answer whose body are those bytes.
  public Answer(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, new AnswerBody.Whole(body));
  }

  /// An answer in JSON, the text given.
  public static Answer json(int status, String json) {
    return new Answer(status, Map.of("Content-Type", "application/json"), json);
  }

  /// A whole body as text.
  ///
  /// @throws IllegalStateException if it comes in pieces
  public String body() {
    return switch (content) {
      case AnswerBody.Whole(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
      case AnswerBody.Pieces _ -> throw new IllegalStateException("a body that comes in pieces");
    };
  }
}
