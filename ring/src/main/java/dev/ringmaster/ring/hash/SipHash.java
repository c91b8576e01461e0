package dev.ringmaster.ring.hash;

import com.dynatrace.hash4j.hashing.ByteAccess;

/// SipHash-1-3 (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012; one round a word,
/// three at the end), keyed with 128 bits: who does not know the key cannot find keys that collide.
///
/// @param k0 the first eight bytes of the secret, little endian
/// @param k1 the last eight
record SipHash(long k0, long k1) implements HashFunction {

  /// The function for a secret of 16 bytes.
  static SipHash of(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException(
          "siphash takes a secret of " + SECRET_BYTES + " bytes, not " + secret.length);
    }
    ByteAccess<byte[]> access = ByteAccess.forByteArray();
    return new SipHash(access.getLong(secret, 0), access.getLong(secret, 8));
  }

  @Override
  public String name() {
    return "siphash";
  }

  /// The secret stays out of logs.
  @Override
  public String toString() {
    return "SipHash";
  }

  @Override
  public <T> long hash(T bytes, long offset, long length, ByteAccess<T> access) {
    long v0 = k0 ^ 0x736F6D6570736575L;
    long v1 = k1 ^ 0x646F72616E646F6DL;
    long v2 = k0 ^ 0x6C7967656E657261L;
    long v3 = k1 ^ 0x7465646279746573L;
    int rounds = 1;
    for (long at = 0; rounds > 0; at += Long.BYTES) {
      boolean whole = length - at >= Long.BYTES;
      long word =
          whole ? access.getLong(bytes, offset + at) : tail(bytes, offset, at, length, access);
      v3 ^= word;
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= word;
      rounds = whole ? 1 : 0;
    }
    return finish(v0, v1, v2 ^ 0xFF, v3);
  }

  private static long finish(long v0, long v1, long v2, long v3) {
    for (int round = 0; round < 3; round++) {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /// The last word: what is left of the bytes, and their number in the highest one.
  private static <T> long tail(T bytes, long offset, long at, long length, ByteAccess<T> access) {
    long word = length << 56;
    for (long i = at; i < length; i++) {
      word |= access.getByteAsUnsignedLong(bytes, offset + i) << (8 * (i - at));
    }
    return word;
  }
}
