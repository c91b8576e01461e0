package dev.ringmaster.gateway.http1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Header names that the gateway looks at, found by a perfect hash over the length and three bytes.
public enum KnownHeader {
  /// Any name not listed here.
  OTHER(0),
  HOST(KnownHeader.FIXED | KnownHeader.HEAD_ONLY),
  CONNECTION(KnownHeader.HOP | KnownHeader.HEAD_ONLY),
  CONTENT_LENGTH(KnownHeader.FIXED | KnownHeader.HEAD_ONLY),
  TRANSFER_ENCODING(KnownHeader.FIXED | KnownHeader.HEAD_ONLY),
  EXPECT(KnownHeader.HEAD_ONLY),
  UPGRADE(KnownHeader.HOP | KnownHeader.HEAD_ONLY),
  HTTP2_SETTINGS(KnownHeader.HOP | KnownHeader.HEAD_ONLY),
  TE(KnownHeader.HOP | KnownHeader.HEAD_ONLY),
  TRAILER(KnownHeader.HEAD_ONLY),
  KEEP_ALIVE(KnownHeader.HOP | KnownHeader.HEAD_ONLY),
  PROXY_CONNECTION(KnownHeader.HOP | KnownHeader.HEAD_ONLY),
  PROXY_AUTHENTICATE(KnownHeader.HEAD_ONLY),
  PROXY_AUTHORIZATION(KnownHeader.HEAD_ONLY),
  VIA(KnownHeader.HEAD_ONLY),
  FORWARDED(KnownHeader.HEAD_ONLY),
  X_FORWARDED_FOR(KnownHeader.HEAD_ONLY),
  X_FORWARDED_PROTO(KnownHeader.HEAD_ONLY),
  X_FORWARDED_HOST(KnownHeader.HEAD_ONLY),
  X_FORWARDED_PORT(KnownHeader.HEAD_ONLY),
  X_FORWARDED_PREFIX(KnownHeader.HEAD_ONLY),
  X_FORWARDED_SERVER(KnownHeader.HEAD_ONLY),
  /// Any other name that begins with `x-forwarded-`.
  X_FORWARDED_OTHER(KnownHeader.HEAD_ONLY),
  X_REAL_IP(KnownHeader.HEAD_ONLY),
  /// A name that would say where a request comes from or where it ends if its underscores were
  /// hyphens, as servers read them that make variables of names (CGI, WSGI, Rack, FastCGI).
  DISGUISED(KnownHeader.HEAD_ONLY),
  IDEMPOTENCY_KEY(KnownHeader.HEAD_ONLY),
  PREFER(KnownHeader.HEAD_ONLY),
  COOKIE(KnownHeader.HEAD_ONLY),
  SET_COOKIE(KnownHeader.HEAD_ONLY),
  AUTHORIZATION(KnownHeader.HEAD_ONLY),
  WWW_AUTHENTICATE(KnownHeader.HEAD_ONLY),
  CONTENT_TYPE(KnownHeader.FIXED | KnownHeader.HEAD_ONLY),
  CONTENT_ENCODING(KnownHeader.FIXED | KnownHeader.HEAD_ONLY),
  CONTENT_RANGE(KnownHeader.FIXED | KnownHeader.HEAD_ONLY),
  CACHE_CONTROL(KnownHeader.FIXED | KnownHeader.HEAD_ONLY),
  RANGE(KnownHeader.HEAD_ONLY),
  MAX_FORWARDS(KnownHeader.HEAD_ONLY),
  RETRY_AFTER(KnownHeader.HEAD_ONLY),
  LOCATION(KnownHeader.HEAD_ONLY),
  VARY(KnownHeader.HEAD_ONLY),
  AGE(KnownHeader.HEAD_ONLY),
  DATE(KnownHeader.HEAD_ONLY),
  EXPIRES(KnownHeader.HEAD_ONLY),
  IF_MATCH(KnownHeader.HEAD_ONLY),
  IF_NONE_MATCH(KnownHeader.HEAD_ONLY),
  IF_MODIFIED_SINCE(KnownHeader.HEAD_ONLY),
  IF_UNMODIFIED_SINCE(KnownHeader.HEAD_ONLY),
  IF_RANGE(KnownHeader.HEAD_ONLY),
  ORIGIN(KnownHeader.HEAD_ONLY),
  SERVER(0),
  USER_AGENT(0),
  REFERER(0),
  ACCEPT(0),
  ACCEPT_ENCODING(0),
  ACCEPT_LANGUAGE(0),
  ETAG(0),
  LAST_MODIFIED(0),
  SEC_WEBSOCKET_KEY(0),
  SEC_WEBSOCKET_ACCEPT(0);

  /// Belongs to one connection and is not passed on (RFC 9110, section 7.6.1).
  private static final int HOP = 1;

  /// Stays even if Connection names it, because framing, routing or meaning would change.
  private static final int FIXED = 2;

  /// Must not come as a trailer (RFC 9110, section 6.5.1).
  private static final int HEAD_ONLY = 4;

  private static final KnownHeader[] VALUES = values();

  /// The names in lower case, by ordinal; [#OTHER], [#X_FORWARDED_OTHER] and [#DISGUISED] have
  /// none.
  private static final byte[][] NAMES =
      Arrays.stream(VALUES).map(KnownHeader::spelling).toArray(byte[][]::new);

  private static final byte[] FAMILY = ascii("x-forwarded-");
  private static final int TABLE_SIZE = 256;

  /// An odd number under which no two names share a place; a new name may ask for another.
  private static final int MULTIPLIER = 0x9E37_7B09;

  private static final byte[] TABLE = table();

  /// The longest name listed, in bytes.
  static final int LONGEST = longest();

  /// Bits of all headers that belong to one connection.
  static final long HOP_BITS = hopBits();

  private final int traits;

  KnownHeader(int traits) {
    this.traits = traits;
  }

  private static byte[] spelling(KnownHeader header) {
    boolean named = header != OTHER && header != X_FORWARDED_OTHER && header != DISGUISED;
    return named ? ascii(header.name().toLowerCase(Locale.ROOT).replace('_', '-')) : new byte[0];
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  boolean hopByHop() {
    return (traits & HOP) != 0;
  }

  boolean fixed() {
    return (traits & FIXED) != 0;
  }

  boolean headOnly() {
    return (traits & HEAD_ONLY) != 0;
  }

  /// This header's place in tables and masks.
  @SuppressWarnings("EnumOrdinal") // never leaves the process, so the order may change
  int index() {
    return ordinal();
  }

  /// This header's bit in a set of headers.
  long bit() {
    return 1L << index();
  }

  static KnownHeader at(int index) {
    return VALUES[index];
  }

  /// The header that a valid name in `[from, to)` is, or [#OTHER]; case does not matter.
  static KnownHeader of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < 2 || length > LONGEST) {
      return length < 2 ? OTHER : unlisted(bytes, from, length);
    }
    KnownHeader candidate = VALUES[TABLE[place(bytes, from, length)]];
    byte[] name = NAMES[candidate.index()];
    return name.length == length && Octets.sameName(bytes, from, name)
        ? candidate
        : unlisted(bytes, from, length);
  }

  private static KnownHeader unlisted(byte[] bytes, int from, int length) {
    return switch (bytes[from] | 0x20) {
      case 'x' -> ofX(bytes, from, length);
      case 'c' -> disguised(CONTENT_LENGTH, bytes, from, length);
      case 't' -> disguised(TRANSFER_ENCODING, bytes, from, length);
      default -> OTHER;
    };
  }

  private static KnownHeader ofX(byte[] bytes, int from, int length) {
    if (length <= FAMILY.length || !Octets.sameDashed(bytes, from, FAMILY)) {
      return disguised(X_REAL_IP, bytes, from, length);
    }
    return Octets.sameName(bytes, from, FAMILY) ? X_FORWARDED_OTHER : DISGUISED;
  }

  private static KnownHeader disguised(KnownHeader as, byte[] bytes, int from, int length) {
    byte[] name = NAMES[as.index()];
    return length == name.length && Octets.sameDashed(bytes, from, name) ? DISGUISED : OTHER;
  }

  /// The upper byte of a product of length and the first, last and fourth last byte.
  private static int place(byte[] bytes, int from, int length) {
    int word =
        (bytes[from] | 0x20)
            | ((bytes[from + length - 1] | 0x20) << 8)
            | ((bytes[from + length - Math.min(4, length)] | 0x20) << 16)
            | (length << 24);
    return (word * MULTIPLIER) >>> 24;
  }

  private static byte[] table() {
    byte[] table = new byte[TABLE_SIZE];
    for (int i = 0; i < NAMES.length; i++) {
      byte[] name = NAMES[i];
      if (name.length == 0) {
        continue;
      }
      int place = place(name, 0, name.length);
      if (table[place] != 0) {
        throw new IllegalStateException(VALUES[i] + " and " + VALUES[table[place]] + " collide");
      }
      table[place] = (byte) i;
    }
    return table;
  }

  private static int longest() {
    int longest = 0;
    for (byte[] name : NAMES) {
      longest = Math.max(longest, name.length);
    }
    return longest;
  }

  private static long hopBits() {
    long bits = 0;
    for (KnownHeader header : VALUES) {
      bits |= header.hopByHop() ? header.bit() : 0;
    }
    return bits;
  }
}
