package dev.ringmaster.gateway.trust;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A block of IP addresses (RFC 4632, RFC 4291 section 2.3), or a single one.
final class Cidr {
  private final byte[] prefix;
  private final int bits;

  private Cidr(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /// Reads `10.0.0.0/8`, `fd00::/8`, `192.0.2.7` or `::1`.
  ///
  /// @throws IllegalArgumentException if it is none of these, or has bits set behind its prefix,
  ///   which is most often a mistyped length
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    @Nullable InetAddress address = Address.literal(literal);
    if (address == null) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address or block of them");
    }
    byte[] prefix = address.getAddress();
    int most = 8 * prefix.length;
    int bits = slash < 0 ? most : length(text.substring(slash + 1), most);
    if (bits < 0) {
      throw new IllegalArgumentException("'" + text + "': the length is not from 0 to " + most);
    }
    Cidr block = new Cidr(prefix, bits);
    if (!block.clearBehindPrefix()) {
      throw new IllegalArgumentException("'" + text + "' has bits set behind its prefix");
    }
    return block;
  }

  private static int length(String digits, int most) {
    boolean number = !digits.isEmpty() && digits.length() <= 3;
    for (int i = 0; i < digits.length() && number; i++) {
      number = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    int bits = number ? Integer.parseInt(digits) : -1;
    return bits <= most ? bits : -1;
  }

  private boolean clearBehindPrefix() {
    for (int bit = bits; bit < 8 * prefix.length; bit++) {
      if ((prefix[bit / 8] & (0x80 >>> (bit % 8))) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether the address, 4 or 16 bytes, lies in the block.
  boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    int mask = 0xFF00 >>> rest;
    return Arrays.equals(address, 0, whole, prefix, 0, whole)
        && (rest == 0 || ((address[whole] ^ prefix[whole]) & mask & 0xFF) == 0);
  }
}
