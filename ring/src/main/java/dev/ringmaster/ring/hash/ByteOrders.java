package dev.ringmaster.ring.hash;

/// Which end of a digest's first eight bytes is the high one.
enum ByteOrders {
  LITTLE,
  BIG;

  /// The first eight bytes as a word.
  long word(byte[] digest) {
    long word = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      int shift = this == LITTLE ? i : Long.BYTES - 1 - i;
      word |= (digest[i] & 0xFFL) << (8 * shift);
    }
    return word;
  }
}
