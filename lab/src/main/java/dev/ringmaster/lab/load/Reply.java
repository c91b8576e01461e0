package dev.ringmaster.lab.load;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One whole answer.
///
/// @param status the HTTP status
/// @param text the body, decoded from UTF-8
/// @param reusable whether the connection may carry another request
public record Reply(int status, String text, boolean reusable) {
  /// The largest head that is read, in bytes.
  public static final int MAX_HEAD_BYTES = 32 << 10;

  /// The largest body that is read, in bytes; the lab's own answers are far smaller.
  public static final int MAX_BODY_BYTES = 4 << 20;

  private static final String GREETING = "Hello from Server: ";

  static Reply of(int status, byte[] body, boolean reusable) {
    return new Reply(status, new String(body, StandardCharsets.UTF_8), reusable);
  }

  /// The id of the replica that says `Hello from Server: ID` in the body; null if none does.
  public @Nullable String server() {
    int start = text.indexOf(GREETING);
    if (start < 0) {
      return null;
    }
    int from = start + GREETING.length();
    int end = text.indexOf('"', from);
    return end < 0 ? null : text.substring(from, end);
  }
}
