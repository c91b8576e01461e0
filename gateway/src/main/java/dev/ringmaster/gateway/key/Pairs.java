package dev.ringmaster.gateway.key;

import java.util.Arrays;

/// Lists of `name=value` with a separator: cookies and query strings.
final class Pairs {
  private Pairs() {}

  /// The first value of that name that is not empty. Blanks around a pair do not count.
  static long value(byte[] bytes, int from, int to, char separator, byte[] name) {
    int at = from;
    while (at < to) {
      int end = indexOf(bytes, at, to, separator);
      long range = valueOfPair(bytes, at, end, name);
      if (range != Range.ABSENT) {
        return range;
      }
      at = end + 1;
    }
    return Range.ABSENT;
  }

  private static long valueOfPair(byte[] bytes, int from, int to, byte[] name) {
    int start = from;
    int end = to;
    while (start < end && bytes[start] == ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] == ' ') {
      end--;
    }
    int equals = start + name.length;
    boolean named =
        equals < end
            && bytes[equals] == '='
            && Arrays.equals(bytes, start, equals, name, 0, name.length);
    return named ? Range.nonEmpty(equals + 1, end) : Range.ABSENT;
  }

  private static int indexOf(byte[] bytes, int from, int to, char wanted) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
