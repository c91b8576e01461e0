package dev.ringmaster.gateway.heavy;

import org.jspecify.annotations.Nullable;

/// A key that is hotter than a seat's fair share.
///
/// @param hash its hash
/// @param text the key as it was sent, shortened and escaped; null unless keys may be shown
/// @param share its part of the service's requests, 0 to 1
/// @param perSecond its requests a second
/// @param spread over how many of its candidates it is spread, or would be if that was switched on
public record HeavyKey(
    long hash, @Nullable String text, double share, double perSecond, int spread) {

  /// The name it is shown by: the sixteen hexadecimal digits of its hash.
  public String id() {
    return String.format("%016x", hash);
  }
}
