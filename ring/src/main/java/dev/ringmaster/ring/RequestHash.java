package dev.ringmaster.ring;

/// The request polynomial of the classic hash map, `H(i) = a·i² + b·i + c`, mod M.
public record RequestHash(long a, long b, long c) {
  /// `i² + 2i + 17`.
  public static final RequestHash STANDARD = new RequestHash(1, 2, 17);

  /// The slot of request i among `slots` (at most 2^20), 0 ≤ slot < slots.
  public int slot(long request, int slots) {
    long i = Math.floorMod(request, slots);
    long square = Math.floorMod(a, slots) * (i * i % slots);
    long linear = Math.floorMod(b, slots) * i;
    return (int) ((square + linear + Math.floorMod(c, slots)) % slots);
  }
}
