package dev.ringmaster.ring;

/// The virtual server polynomial of the classic hash map, `Φ(i, j) = a·i² + b·j² + c·j + d`, mod M.
public record VirtualServerHash(long a, long b, long c, long d) {
  /// `i² + j² + 2j + 25`.
  public static final VirtualServerHash STANDARD = new VirtualServerHash(1, 1, 2, 25);

  /// The slot where virtual server j of server i wants to be, 0 ≤ slot < slots, before probing.
  ///
  /// @param slots at most 2^20
  public int slot(long server, int virtual, int slots) {
    long i = Math.floorMod(server, slots);
    long j = Math.floorMod(virtual, slots);
    long squares =
        Math.floorMod(a, slots) * (i * i % slots) + Math.floorMod(b, slots) * (j * j % slots);
    return (int) ((squares + Math.floorMod(c, slots) * j + Math.floorMod(d, slots)) % slots);
  }
}
