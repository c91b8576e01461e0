package dev.ringmaster.gateway.route;

/// What a request's path may mean to different servers.
enum PathForm {
  /// The same to all.
  PLAIN,
  /// Perhaps not the same: it is read in both ways of [Reading].
  ENCODED,
  /// It leads out of itself (`..`), or has bytes that are decoded differently: control characters,
  /// and bytes with which only overlong UTF-8 begins.
  HOSTILE;

  private static final int OVERLONG = 0xC0;
  private static final int OVERLONG_TOO = 0xC1;

  static PathForm of(byte[] bytes, int from, int to) {
    byte before = 'x';
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      boolean afterSlash = before == '/' && (b == '/' || b == '.');
      if (afterSlash || b == '%' || b == '\\' || b == ';') {
        return hostile(bytes, from, to) ? HOSTILE : ENCODED;
      }
      before = b;
    }
    return PLAIN;
  }

  private static boolean hostile(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int start = Reading.LOOSE.behindSeparators(bytes, at, to);
      int end = Reading.LOOSE.skipSegment(bytes, start, to);
      if (dots(bytes, start, end) || unreadable(bytes, start, end)) {
        return true;
      }
      at = end;
    }
    return false;
  }

  /// Whether a segment is `.` or `..`, encoded or not, with parameters or not.
  private static boolean dots(byte[] bytes, int from, int to) {
    int at = from;
    int dots = 0;
    while (at < to && Reading.decoded(bytes, at, to) == '.') {
      at += Reading.width(bytes, at, to);
      dots++;
    }
    return (dots == 1 || dots == 2) && (at == to || Reading.decoded(bytes, at, to) == ';');
  }

  private static boolean unreadable(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += Reading.width(bytes, at, to)) {
      int b = Reading.decoded(bytes, at, to);
      if (b < ' ' || b == 0x7F || b == OVERLONG || b == OVERLONG_TOO) {
        return true;
      }
    }
    return false;
  }
}
