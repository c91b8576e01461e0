package dev.ringmaster.ring.hash;

import com.dynatrace.hash4j.hashing.ByteAccess;
import com.dynatrace.hash4j.hashing.Hasher64;

/// A 64-bit hasher of hash4j; of a 128-bit one, the first half. The 128-bit ones of hash4j make an
/// object for the result, which compiled code mostly removes.
record LibraryHash(String name, Hasher64 hasher) implements HashFunction {
  @Override
  public <T> long hash(T bytes, long offset, long length, ByteAccess<T> access) {
    return hasher.hashBytesToLong(bytes, offset, length, access);
  }
}
