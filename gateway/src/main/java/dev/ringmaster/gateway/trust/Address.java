package dev.ringmaster.gateway.trust;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// IP addresses as text: strict, never looked up, written as RFC 5952 has it.
final class Address {
  /// The longest IPv6 address with an IPv4 tail.
  private static final int LONGEST = 45;

  private Address() {}

  /// Reads a literal without brackets, port or zone; an IPv4-mapped IPv6 address is its IPv4 one.
  static @Nullable InetAddress literal(String text) {
    boolean six = text.indexOf(':') >= 0;
    boolean valid = six ? sixFits(text) && NetUtil.isValidIpV6Address(text) : fourFits(text);
    byte[] bytes = valid ? NetUtil.createByteArrayFromIpAddressString(text) : null;
    return bytes == null ? null : of(bytes);
  }

  /// The address of 4 or 16 bytes.
  static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
    }
  }

  /// An address as X-Forwarded-For has it: no brackets, no port.
  static String text(InetAddress address) {
    return NetUtil.toAddressString(address);
  }

  /// Reads a node as proxies write it: an address, or `address:port`, or `[IPv6]`, or
  /// `[IPv6]:port`.
  static @Nullable InetAddress node(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      boolean fits = end > 0 && (end + 1 == text.length() || port(text, end + 1));
      String inside = fits ? text.substring(1, end) : "";
      return inside.indexOf(':') >= 0 ? literal(inside) : null;
    }
    int colon = text.indexOf(':');
    boolean ported = colon >= 0 && colon == text.lastIndexOf(':');
    if (!ported) {
      return literal(text);
    }
    return port(text, colon) ? literal(text.substring(0, colon)) : null;
  }

  private static boolean port(String text, int colon) {
    int digits = text.length() - colon - 1;
    if (text.charAt(colon) != ':' || digits < 1 || digits > 5) {
      return false;
    }
    for (int i = colon + 1; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean sixFits(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    int tail = text.lastIndexOf(':') + 1;
    return text.indexOf('.') < 0 || fourFits(text.substring(tail));
  }

  /// Four decimal numbers up to 255 without leading zeros, which some read as octal.
  private static boolean fourFits(String text) {
    String[] parts = text.length() > 15 ? new String[0] : text.split("\\.", -1);
    boolean fits = parts.length == 4;
    for (int i = 0; i < parts.length && fits; i++) {
      fits = octetFits(parts[i]);
    }
    return fits;
  }

  private static boolean octetFits(String part) {
    if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
      return false;
    }
    int value = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      value = 10 * value + (c - '0');
    }
    return value <= 255;
  }
}
