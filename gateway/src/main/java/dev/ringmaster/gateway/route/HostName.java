package dev.ringmaster.gateway.route;

import dev.ringmaster.gateway.http1.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A host of a route, as bytes, compared where a request's host lies. The port and a dot at the end
/// are left out; letters are compared without case. Nothing is decoded: a host with percent signs
/// is that of no route.
final class HostName {
  private static final String BELOW = "*.";

  private final byte[] lower;
  private final boolean below;

  HostName(String host) {
    this.below = host.startsWith(BELOW);
    this.lower = (below ? host.substring(1) : host).getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The form in which hosts are compared: lower case, without a dot at the end.
  ///
  /// @throws IllegalArgumentException if it is neither a host without a port nor `*.` and one
  static String normal(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    String name = plain.startsWith(BELOW) ? plain.substring(BELOW.length()) : plain;
    boolean literal = name.startsWith("[") && name.endsWith("]");
    boolean portOrWild = name.indexOf('*') >= 0 || (!literal && name.indexOf(':') >= 0);
    if (portOrWild || name.endsWith(".") || !RequestHead.isAuthority(name)) {
      throw new IllegalArgumentException(
          "host '" + host + "': expected a host name without a port, or *. and a domain");
    }
    return plain;
  }

  boolean matches(RequestHead head) {
    byte[] bytes = head.bytes();
    int from = head.hostFrom();
    int to = nameTo(bytes, from, head.hostTo());
    int start = to - lower.length;
    return (below ? start > from : start == from) && sameAt(bytes, start);
  }

  private boolean sameAt(byte[] bytes, int start) {
    for (int i = 0; i < lower.length; i++) {
      byte b = bytes[start + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lower[i]) {
        return false;
      }
    }
    return true;
  }

  /// Behind the name: at the colon of the port, or at the last dot.
  private static int nameTo(byte[] bytes, int from, int to) {
    int end = from;
    boolean literal = from < to && bytes[from] == '[';
    while (end < to && bytes[end] != (literal ? ']' : ':')) {
      end++;
    }
    if (literal) {
      return Math.min(end + 1, to);
    }
    return end > from + 1 && bytes[end - 1] == '.' ? end - 1 : end;
  }
}
