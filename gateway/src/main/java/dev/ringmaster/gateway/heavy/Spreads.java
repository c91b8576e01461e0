package dev.ringmaster.gateway.heavy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The heavy keys of a service as its loops read them: immutable, with a lookup that allocates
/// nothing.
final class Spreads {
  static final Spreads NONE = new Spreads(List.of());

  private static final int SLOTS = 4 * Heats.MOST_KEYS;

  private final List<HeavyKey> keys;
  private final @Nullable HeavyKey[] slots = new HeavyKey[SLOTS];

  /// @param keys at most [Heats#MOST_KEYS]
  Spreads(List<HeavyKey> keys) {
    List<HeavyKey> sorted = new ArrayList<>(keys);
    sorted.sort(Comparator.comparingDouble(HeavyKey::perSecond).reversed());
    this.keys = List.copyOf(sorted);
    for (HeavyKey key : keys) {
      int slot = home(key.hash());
      while (slots[slot] != null) {
        slot = (slot + 1) % SLOTS;
      }
      slots[slot] = key;
    }
  }

  /// The heavy key of a hash, or null.
  @Nullable HeavyKey find(long hash) {
    if (keys.isEmpty()) {
      return null;
    }
    int slot = home(hash);
    HeavyKey key = slots[slot];
    while (key != null && key.hash() != hash) {
      slot = (slot + 1) % SLOTS;
      key = slots[slot];
    }
    return key;
  }

  private static int home(long hash) {
    return (int) Long.remainderUnsigned(hash, SLOTS - 1);
  }

  /// All of them, the hottest first.
  List<HeavyKey> keys() {
    return keys;
  }
}
