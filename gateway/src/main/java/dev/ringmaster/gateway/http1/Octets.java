package dev.ringmaster.gateway.http1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Classes of bytes (RFC 9110, section 5.6.2; RFC 3986, appendix A) and loops over them.
final class Octets {
  /// Bytes of a token: methods, header names, connection options.
  static final int TOKEN = 1;

  /// Bytes of a target before its query. Stricter than "anything visible": no quotes, angle
  /// brackets, backslash or fragment; laxer than RFC 3986 in that `^ { | }` and the backquote,
  /// which browsers leave unescaped, pass.
  static final int PATH = 2;

  /// Bytes of a query: those of a path, `?` and the backslash.
  static final int QUERY = 4;

  /// Bytes of a registered name or IPv4 address, percent sign included; no comma.
  static final int HOST = 8;

  /// Bytes of a field value or reason phrase, HTAB and obs-text included.
  static final int TEXT = 16;

  private static final byte[] CLASSES = new byte[256];
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long SPACES = 0x20 * ONES;
  private static final long DELS = 0x7F * ONES;

  static {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    put(letters, TOKEN | PATH | QUERY | HOST);
    put("!#$%&'*+-.^_`|~", TOKEN);
    put("!$%&'()*+,-./:;=@[]^_`{|}~", PATH | QUERY);
    put("?\\", QUERY);
    put("-._~%!$&'()*+;=", HOST);
    for (int b = 0x20; b < 256; b++) {
      CLASSES[b] |= (byte) (b == 0x7F ? 0 : TEXT);
    }
    CLASSES['\t'] |= TEXT;
  }

  private Octets() {}

  private static void put(String bytes, int classes) {
    for (int i = 0; i < bytes.length(); i++) {
      CLASSES[bytes.charAt(i)] |= (byte) classes;
    }
  }

  static boolean is(byte b, int octetClass) {
    return (CLASSES[b & 0xFF] & octetClass) != 0;
  }

  /// The first index in `[from, to)` whose byte is not of the class, or `to`.
  static int skip(byte[] bytes, int from, int to, int octetClass) {
    int at = from;
    while (at < to && (CLASSES[bytes[at] & 0xFF] & octetClass) != 0) {
      at++;
    }
    return at;
  }

  /// The first index in `[from, to)` whose byte cannot stand in a field value, or `to`. Eight bytes
  /// at a time: a byte is below 0x20 if subtracting 0x20 borrows, and DEL if xor 0x7F leaves zero;
  /// borrows only spoil bytes above the first hit, and the first hit is what is asked for.
  static int skipText(byte[] bytes, int from, int to) {
    int at = from;
    while (true) {
      at = skipVisible(bytes, at, to);
      if (at == to || bytes[at] != '\t') {
        return at;
      }
      at++;
    }
  }

  private static int skipVisible(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONG.get(bytes, at);
      long del = word ^ DELS;
      long stops = (((word - SPACES) & ~word) | ((del - ONES) & ~del)) & HIGHS;
      if (stops != 0) {
        return at + (Long.numberOfTrailingZeros(stops) >>> 3);
      }
    }
    while (at < to && (bytes[at] & 0xFF) >= 0x20 && bytes[at] != 0x7F) {
      at++;
    }
    return at;
  }

  static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean same(byte[] bytes, int from, int to, String expected) {
    if (to - from != expected.length()) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (bytes[from + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Equality with a lower-case ASCII word, letters compared without case.
  static boolean sameWord(byte[] bytes, int from, int to, byte[] lower) {
    if (to - from != lower.length) {
      return false;
    }
    for (int i = 0; i < lower.length; i++) {
      if (lowerCase(bytes[from + i]) != lower[i]) {
        return false;
      }
    }
    return true;
  }

  /// Whether a name would be a lower-case one if its underscores were hyphens.
  static boolean sameDashed(byte[] bytes, int from, byte[] lower) {
    for (int at = 0; at < lower.length; at++) {
      byte b = bytes[from + at];
      if (b == '_' ? lower[at] != '-' : (b | 0x20) != lower[at]) {
        return false;
      }
    }
    return true;
  }

  /// Equality of a name that is known to be a token with a lower-case one; setting bit 5 maps
  /// letters to lower case and, among token bytes, nothing else onto a letter, digit or hyphen.
  static boolean sameName(byte[] bytes, int from, byte[] lower) {
    int at = 0;
    for (; at <= lower.length - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONG.get(bytes, from + at) | SPACES;
      if (word != (long) LONG.get(lower, at)) {
        return false;
      }
    }
    for (; at < lower.length; at++) {
      if ((bytes[from + at] | 0x20) != lower[at]) {
        return false;
      }
    }
    return true;
  }

  static boolean sameRange(byte[] bytes, int from, int to, int otherFrom, int otherTo) {
    if (to - from != otherTo - otherFrom) {
      return false;
    }
    for (int i = 0; i < to - from; i++) {
      if (lowerCase(bytes[from + i]) != lowerCase(bytes[otherFrom + i])) {
        return false;
      }
    }
    return true;
  }

  static byte lowerCase(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
  }

  /// Whether a comma-separated list has the lower-case word as an element.
  static boolean listHas(byte[] bytes, int from, int to, byte[] lower) {
    int at = from;
    while (at < to) {
      int end = at;
      while (end < to && bytes[end] != ',') {
        end++;
      }
      int wordFrom = skipBlanks(bytes, at, end);
      int wordTo = end;
      while (wordTo > wordFrom && blank(bytes[wordTo - 1])) {
        wordTo--;
      }
      if (sameWord(bytes, wordFrom, wordTo, lower)) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && blank(bytes[at])) {
      at++;
    }
    return at;
  }
}
