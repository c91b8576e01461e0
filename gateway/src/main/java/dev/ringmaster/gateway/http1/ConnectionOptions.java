package dev.ringmaster.gateway.http1;

import java.nio.charset.StandardCharsets;

/// What the Connection lines of a head say (RFC 9110, section 7.6.1).
final class ConnectionOptions {
  /// More options than any honest peer names; it bounds the work of removing what they name.
  private static final int MOST = 16;

  private static final byte[] CLOSE = ascii("close");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] UPGRADE = ascii("upgrade");
  private static final int CLOSE_BIT = 1;
  private static final int KEEP_ALIVE_BIT = 2;
  private static final int UPGRADE_BIT = 4;

  private final int[] named = new int[2 * MOST];
  private int count;
  private int bits;
  private Rejection refusal = Rejection.CONNECTION_INVALID;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void clear() {
    count = 0;
    bits = 0;
  }

  /// Adds one line's list; false if it is not a list of tokens or there are too many.
  boolean add(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int end = Octets.skip(bytes, at, to, Octets.TOKEN);
      if (end > at && !note(bytes, at, end)) {
        refusal = Rejection.CONNECTION_TOO_LONG;
        return false;
      }
      at = Octets.skipBlanks(bytes, end, to);
      if (at < to && bytes[at] != ',') {
        refusal = Rejection.CONNECTION_INVALID;
        return false;
      }
      at = Octets.skipBlanks(bytes, at + 1, to);
    }
    return true;
  }

  private boolean note(byte[] bytes, int from, int to) {
    int bit = bit(bytes, from, to);
    bits |= bit;
    if (bit != 0) {
      return true;
    }
    if (count == MOST) {
      return false;
    }
    named[2 * count] = from;
    named[2 * count + 1] = to;
    count++;
    return true;
  }

  private static int bit(byte[] bytes, int from, int to) {
    if (Octets.sameWord(bytes, from, to, CLOSE)) {
      return CLOSE_BIT;
    }
    if (Octets.sameWord(bytes, from, to, KEEP_ALIVE)) {
      return KEEP_ALIVE_BIT;
    }
    return Octets.sameWord(bytes, from, to, UPGRADE) ? UPGRADE_BIT : 0;
  }

  Rejection refusal() {
    return refusal;
  }

  boolean close() {
    return (bits & CLOSE_BIT) != 0;
  }

  boolean keepAlive() {
    return (bits & KEEP_ALIVE_BIT) != 0;
  }

  boolean upgrade() {
    return (bits & UPGRADE_BIT) != 0;
  }

  /// Whether an option beside `close`, `keep-alive` and `upgrade` is there.
  boolean namesHeaders() {
    return count > 0;
  }

  /// Whether the name in `[from, to)` of the same bytes is one of the options.
  boolean names(byte[] bytes, int from, int to) {
    for (int i = 0; i < count; i++) {
      if (Octets.sameRange(bytes, from, to, named[2 * i], named[2 * i + 1])) {
        return true;
      }
    }
    return false;
  }
}
