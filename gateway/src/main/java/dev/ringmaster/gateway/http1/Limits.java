package dev.ringmaster.gateway.http1;

/// What a peer may send, in bytes unless the name says otherwise.
///
/// @param headBytes the whole head, start line and final empty line included
/// @param lineBytes one header line, its CR LF included
/// @param targetBytes the request target
/// @param headers header lines of a head, a count
/// @param emptyLines empty lines before a request, a count (RFC 9112, section 2.2)
/// @param bodyBytes the largest Content-Length, and the most payload of a chunked body
/// @param extensionBytes chunk extensions of one body together
/// @param trailerBytes the trailer section of one body
public record Limits(
    int headBytes,
    int lineBytes,
    int targetBytes,
    int headers,
    int emptyLines,
    long bodyBytes,
    int extensionBytes,
    int trailerBytes) {

  /// 64 KiB heads of at most 128 lines, as other proxies allow; bodies of any size.
  public static final Limits DEFAULT =
      new Limits(65_536, 32_768, 16_384, 128, 2, Long.MAX_VALUE, 4_096, 8_192);

  public Limits {
    if (headBytes < 64 || headBytes > 1 << 20) {
      throw new IllegalArgumentException("head bytes must be 64 to 1048576: " + headBytes);
    }
    if (lineBytes < 16 || targetBytes < 1 || headers < 1 || headers > 4_096) {
      throw new IllegalArgumentException("limits too small or too large: " + headers + " headers");
    }
    if (emptyLines < 0 || bodyBytes < 0 || extensionBytes < 0 || trailerBytes < 2) {
      throw new IllegalArgumentException("limits must not be negative");
    }
  }
}
