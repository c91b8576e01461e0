package dev.ringmaster.server.http;

import java.nio.charset.StandardCharsets;

/// The little JSON that this server writes.
public final class Json {
  private Json() {}

  /// `{"message":…,"status":"failure"}` in UTF-8.
  public static byte[] failure(String message) {
    return message(message, "failure");
  }

  /// `{"message":…,"status":…}` in UTF-8.
  public static byte[] message(String message, String status) {
    StringBuilder json = new StringBuilder(message.length() + 48);
    quote(json.append("{\"message\":"), message);
    quote(json.append(",\"status\":"), status);
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Appends a string literal (RFC 8259, section 7).
  public static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
