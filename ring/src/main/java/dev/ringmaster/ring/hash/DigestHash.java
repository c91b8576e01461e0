package dev.ringmaster.ring.hash;

import com.dynatrace.hash4j.hashing.ByteAccess;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The first eight bytes of a digest of the JDK: MD5 little endian, so that its low 32 bits are the
/// key places of ketama clients; SHA-256 big endian, as its hex form reads.
///
/// The JDK's digests have state and cannot be shared: each call clones an untouched one and gets an
/// array for the result, besides one small buffer.
final class DigestHash implements HashFunction {
  private static final int CHUNK_BYTES = 64;

  private final String name;
  private final MessageDigest untouched;
  private final ByteOrders order;

  DigestHash(String name, String algorithm, ByteOrders order) {
    this.name = name;
    this.order = order;
    try {
      this.untouched = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("this Java platform has no " + algorithm, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public <T> long hash(T bytes, long offset, long length, ByteAccess<T> access) {
    MessageDigest digest = fresh();
    byte[] chunk = new byte[(int) Math.min(length, CHUNK_BYTES)];
    for (long at = 0; at < length; at += chunk.length) {
      int count = (int) Math.min(chunk.length, length - at);
      access.copyToByteArray(bytes, offset + at, chunk, 0, count);
      digest.update(chunk, 0, count);
    }
    return order.word(digest.digest());
  }

  @Override
  public long hash(byte[] bytes) {
    return order.word(fresh().digest(bytes));
  }

  private MessageDigest fresh() {
    try {
      return (MessageDigest) untouched.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's digests can be cloned", e);
    }
  }
}
