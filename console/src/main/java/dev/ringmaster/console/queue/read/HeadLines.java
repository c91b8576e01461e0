package dev.ringmaster.console.queue.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes the head of a message that is handed in as mere content: the request that will be
/// delivered.
///
/// ```
/// POST target SP HTTP/1.1 CR LF
/// (name ":" SP value CR LF)*
/// ```
///
/// Kept are end-to-end fields (RFC 9110, 7.6.1). Not kept are those of the connection, the framing,
/// what says how the message is queued, and what a client says of where it comes from.
public final class HeadLines {
  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "content-length",
          "expect",
          "prefer",
          "proxy-authorization",
          "forwarded",
          "via",
          "x-real-ip");

  private static final String QUEUE = "queue-";
  private static final String FORWARDED = "x-forwarded-";
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE =
      Pattern.compile(
          "[\\x21-\\x7e\\x80-\\xff]([\\t\\x20-\\x7e\\x80-\\xff]*[\\x21-\\x7e\\x80-\\xff])?|");

  private final StringBuilder text = new StringBuilder(256);

  private HeadLines(String target) {
    text.append("POST ").append(target).append(" HTTP/1.1\r\n");
  }

  /// The head from a request's headers, by lower-case name.
  ///
  /// @param dropped one more name that is not kept; empty for none
  public static byte[] ofRequest(String target, Map<String, String> headers, String dropped) {
    HeadLines head = new HeadLines(target);
    Set<String> named = named(headers.getOrDefault("connection", ""));
    headers.forEach((name, value) -> {
      if (kept(name) && !named.contains(name) && !name.equals(dropped)) {
        head.add(name, value);
      }
    });
    return head.bytes();
  }

  /// The head from headers that someone wrote in a line of a batch.
  ///
  /// @param host of the request that the batch came in; empty if it named none
  /// @throws IllegalArgumentException if one of them cannot stand in a head
  public static byte[] ofLine(String target, String host, Map<String, String> headers) {
    HeadLines head = new HeadLines(target);
    if (!host.isEmpty()) {
      head.add("host", host);
    }
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!TOKEN.matcher(name).matches()) {
        throw new IllegalArgumentException("headers: '" + name + "' is no header's name");
      }
      if (!kept(lower) || lower.equals("host")) {
        throw new IllegalArgumentException("headers: " + name + " cannot be given");
      }
      if (!VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "headers: the value of " + name + " has characters that no header has");
      }
      head.add(lower, value);
    });
    return head.bytes();
  }

  private static boolean kept(String name) {
    return !DROPPED.contains(name) && !name.startsWith(QUEUE) && !name.startsWith(FORWARDED);
  }

  private static Set<String> named(String connection) {
    Set<String> names = new HashSet<>();
    for (String name : connection.split(",", -1)) {
      names.add(name.strip().toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private void add(String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private byte[] bytes() {
    return text.toString().getBytes(ISO_8859_1);
  }
}
