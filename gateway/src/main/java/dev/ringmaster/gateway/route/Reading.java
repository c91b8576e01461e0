package dev.ringmaster.gateway.route;

/// How a path is cut into segments. Servers do not agree on it, so a path that could be cut in more
/// than one way is cut in both of these: a route that both find is the route of every way between
/// them.
///
/// - STRICT: as RFC 3986 has it. Only `/` separates; `//` has an empty segment between; `%2F` is a
///   part of its segment.
/// - LOOSE: as the most generous servers have it. `/`, `\`, `%2F` and `%5C` separate, any number of
///   them at once, and what follows `;` in a segment is not part of its name.
///
/// In both, other bytes that are percent-encoded mean the same as when they are not.
enum Reading {
  STRICT,
  LOOSE;

  private static final int HEX = 16;

  /// Behind the separators at `at`; `at` itself if there are none.
  int behindSeparators(byte[] bytes, int at, int to) {
    int width = separator(bytes, at, to);
    if (this == STRICT || width == 0) {
      return at + width;
    }
    int behind = at;
    while (width > 0) {
      behind += width;
      width = separator(bytes, behind, to);
    }
    return behind;
  }

  /// Whether a segment ends at `at`.
  boolean ends(byte[] bytes, int at, int to) {
    return at == to
        || separator(bytes, at, to) > 0
        || (this == LOOSE && decoded(bytes, at, to) == ';');
  }

  /// Where the next separator is from `at` on, or the end.
  int skipSegment(byte[] bytes, int at, int to) {
    int end = at;
    while (end < to && separator(bytes, end, to) == 0) {
      end += width(bytes, end, to);
    }
    return end;
  }

  private int separator(byte[] bytes, int at, int to) {
    if (at == to) {
      return 0;
    }
    if (this == STRICT) {
      return bytes[at] == '/' ? 1 : 0;
    }
    int b = decoded(bytes, at, to);
    return b == '/' || b == '\\' ? width(bytes, at, to) : 0;
  }

  /// The byte at `at`, decoded if it is percent-encoded.
  static int decoded(byte[] bytes, int at, int to) {
    if (width(bytes, at, to) == 1) {
      return bytes[at] & 0xFF;
    }
    return HEX * Character.digit(bytes[at + 1], HEX) + Character.digit(bytes[at + 2], HEX);
  }

  /// How many bytes the byte at `at` is written with: three if it is percent-encoded.
  static int width(byte[] bytes, int at, int to) {
    boolean encoded =
        bytes[at] == '%'
            && at + 2 < to
            && Character.digit(bytes[at + 1], HEX) >= 0
            && Character.digit(bytes[at + 2], HEX) >= 0;
    return encoded ? 3 : 1;
  }
}
