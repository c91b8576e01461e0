package dev.ringmaster.server.http;

/// The characters of a token: methods and field names (RFC 9110, section 5.6.2).
final class Token {
  private static final boolean[] CHARS = new boolean[128];

  static {
    String chars = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int i = 0; i < chars.length(); i++) {
      CHARS[chars.charAt(i)] = true;
    }
  }

  private Token() {}

  static boolean is(byte octet) {
    return octet >= 0 && CHARS[octet];
  }
}
