package dev.ringmaster.ring;

/// The SplitMix64 finaliser and increment (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, OOPSLA 2014).
public final class Mix {
  /// The golden ratio increment.
  public static final long G = 0x9E3779B97F4A7C15L;

  private Mix() {}

  /// A bijection of 64-bit words in which every input bit changes every output bit half of the
  /// time.
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
