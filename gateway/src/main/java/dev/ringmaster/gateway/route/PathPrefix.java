package dev.ringmaster.gateway.route;

import java.nio.charset.StandardCharsets;

/// The path of a route, as the bytes of its segments, compared where a request's path lies.
final class PathPrefix {
  /// What no path of a route may have: it would not say which requests are meant.
  private static final String UNCLEAR = "%\\;?#";

  private final byte[][] segments;

  PathPrefix(String path) {
    String[] names = path.equals("/") ? new String[0] : path.substring(1).split("/", -1);
    this.segments = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      segments[i] = names[i].getBytes(StandardCharsets.UTF_8);
    }
  }

  /// The form in which paths are compared: without a slash at the end.
  ///
  /// @throws IllegalArgumentException if it is not a path, or has more than one form
  static String normal(String path) {
    String plain =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (!plain.startsWith("/") || path.equals("//")) {
      throw new IllegalArgumentException(
          "path '" + path + "': expected a path that starts with one /");
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c == 0x7F || UNCLEAR.indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "path '"
                + path
                + "': '"
                + c
                + "' cannot be in it; write segments as they read decoded");
      }
    }
    for (String segment : plain.substring(1).split("/", -1)) {
      boolean empty = segment.isEmpty() && plain.length() > 1;
      if (empty || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException(
            "path '" + path + "': a segment '" + segment + "' cannot be in it");
      }
    }
    return plain;
  }

  /// Whether the path is this one or below it.
  boolean matches(byte[] bytes, int from, int to, Reading reading) {
    int at = from;
    for (byte[] segment : segments) {
      int start = reading.behindSeparators(bytes, at, to);
      int end = start == at ? -1 : behind(bytes, start, to, segment);
      if (end < 0 || !reading.ends(bytes, end, to)) {
        return false;
      }
      at = reading.skipSegment(bytes, end, to);
    }
    return true;
  }

  /// Behind the segment's bytes at `at`, or -1 if other bytes are there.
  private static int behind(byte[] bytes, int at, int to, byte[] segment) {
    int next = at;
    for (byte expected : segment) {
      if (next >= to || Reading.decoded(bytes, next, to) != (expected & 0xFF)) {
        return -1;
      }
      next += Reading.width(bytes, next, to);
    }
    return next;
  }
}
