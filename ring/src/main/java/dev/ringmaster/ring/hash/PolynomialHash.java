package dev.ringmaster.ring.hash;

import com.dynatrace.hash4j.hashing.ByteAccess;

/// The classic request polynomial as a hash function, `a·i² + b·i + c` mod 2^64, with one's own
/// coefficients. It is here to be measured: it spreads badly.
///
/// i is the number that the key spells, if the key is 1 to 18 decimal digits; otherwise its bytes
/// as one big-endian number mod 2^64.
record PolynomialHash(long a, long b, long c) implements HashFunction {
  private static final int MOST_DIGITS = 18;

  /// The function for `a,b,c`, three integers.
  static PolynomialHash parse(String coefficients) {
    String[] parts = coefficients.split(",", -1);
    if (parts.length != 3) {
      throw wrong(coefficients, null);
    }
    try {
      return new PolynomialHash(
          Long.parseLong(parts[0].strip()),
          Long.parseLong(parts[1].strip()),
          Long.parseLong(parts[2].strip()));
    } catch (NumberFormatException e) {
      throw wrong(coefficients, e);
    }
  }

  private static IllegalArgumentException wrong(
      String coefficients, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "polynomial takes three integers a,b,c as in polynomial:1,2,17, not '" + coefficients + "'",
        cause);
  }

  @Override
  public String name() {
    return "polynomial:" + a + "," + b + "," + c;
  }

  @Override
  public <T> long hash(T bytes, long offset, long length, ByteAccess<T> access) {
    long decimal = 0;
    long binary = 0;
    boolean digits = length >= 1 && length <= MOST_DIGITS;
    for (long i = 0; i < length; i++) {
      int next = access.getByteAsUnsignedInt(bytes, offset + i);
      digits &= next >= '0' && next <= '9';
      decimal = decimal * 10 + (next - '0');
      binary = binary << 8 | next;
    }
    long number = digits ? decimal : binary;
    return a * number * number + b * number + c;
  }
}
