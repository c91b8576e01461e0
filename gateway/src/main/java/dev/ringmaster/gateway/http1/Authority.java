package dev.ringmaster.gateway.http1;

/// The host and port of a Host header or an absolute target (RFC 3986, section 3.2), without user
/// information, which RFC 9110, section 4.2.4, tells recipients to treat as an error.
final class Authority {
  private static final int HIGHEST_PORT = 65_535;

  private Authority() {}

  /// Whether the range is `host [":" port]` with a host that is not empty.
  static boolean valid(byte[] bytes, int from, int to) {
    if (from == to) {
      return false;
    }
    int hostTo = bytes[from] == '[' ? literalTo(bytes, from, to) : nameTo(bytes, from, to);
    if (hostTo <= from) {
      return false;
    }
    return hostTo == to || (bytes[hostTo] == ':' && portValid(bytes, hostTo + 1, to));
  }

  private static int nameTo(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Octets.is(bytes[at], Octets.HOST)) {
      if (bytes[at] == '%' && !escape(bytes, at, to)) {
        return -1;
      }
      at++;
    }
    return at;
  }

  private static boolean escape(byte[] bytes, int at, int to) {
    return at + 2 < to && hex(bytes[at + 1]) && hex(bytes[at + 2]);
  }

  private static boolean hex(byte b) {
    return Character.digit(b, 16) >= 0;
  }

  /// Behind the bracket of an IPv6 literal, or -1. Its inside is only checked for its bytes.
  private static int literalTo(byte[] bytes, int from, int to) {
    int at = from + 1;
    while (at < to && (hex(bytes[at]) || bytes[at] == ':' || bytes[at] == '.')) {
      at++;
    }
    return at < to && at > from + 2 && bytes[at] == ']' ? at + 1 : -1;
  }

  private static boolean portValid(byte[] bytes, int from, int to) {
    int port = 0;
    for (int at = from; at < to; at++) {
      if (!Octets.digit(bytes[at])) {
        return false;
      }
      port = 10 * port + (bytes[at] - '0');
      if (port > HIGHEST_PORT) {
        return false;
      }
    }
    return true;
  }

  /// The end of an authority without a port that is empty or the scheme's default.
  static int significantTo(byte[] bytes, int from, int to, String defaultPort) {
    int colon = to;
    while (colon > from && Octets.digit(bytes[colon - 1])) {
      colon--;
    }
    if (colon == from || bytes[colon - 1] != ':') {
      return to;
    }
    boolean isDefault = to - colon == defaultPort.length();
    for (int at = colon; isDefault && at < to; at++) {
      isDefault = bytes[at] == defaultPort.charAt(at - colon);
    }
    return isDefault || to == colon ? colon - 1 : to;
  }
}
