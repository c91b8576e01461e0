package dev.ringmaster.gateway.heavy;

/// What is done about keys that are hotter than a seat's fair share.
///
/// @param mode whether they are looked for, and whether they are spread
/// @param shown whether the text of such a key may be kept in memory and shown
public record HeavySettings(HeavyMode mode, boolean shown) {

  /// They are found and shown by their hashes, and stay where they are.
  public static final HeavySettings DEFAULT = new HeavySettings(HeavyMode.WATCH, false);

  /// Over how many of its candidates a heavy key's requests go.
  public int seats(HeavyKey heavy) {
    return mode == HeavyMode.SPREAD ? heavy.spread() : 1;
  }
}
