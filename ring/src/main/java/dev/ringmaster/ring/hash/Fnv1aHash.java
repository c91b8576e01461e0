package dev.ringmaster.ring.hash;

import com.dynatrace.hash4j.hashing.ByteAccess;

/// FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923). Short keys leave its upper bits alike: rings that
/// look at them first spread badly.
record Fnv1aHash() implements HashFunction {
  private static final long BASIS = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;

  @Override
  public String name() {
    return "fnv1a";
  }

  @Override
  public <T> long hash(T bytes, long offset, long length, ByteAccess<T> access) {
    long hash = BASIS;
    for (long i = 0; i < length; i++) {
      hash = (hash ^ access.getByteAsUnsignedLong(bytes, offset + i)) * PRIME;
    }
    return hash;
  }
}
