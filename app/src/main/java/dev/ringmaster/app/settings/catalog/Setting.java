package dev.ringmaster.app.settings.catalog;

import org.jspecify.annotations.Nullable;

/// One thing that may be set.
///
/// @param key its place in the file; `health.interval` is `interval` in the group `health`
/// @param scope where it may stand
/// @param kind what values it takes
/// @param fallback the default as it would be written; null if there is none
/// @param meaning one line for help and documentation
public record Setting<T>(
    String key, Scope scope, Kind<T> kind, @Nullable String fallback, String meaning) {

  /// The flag of the same name: `--health-interval`.
  public String flag() {
    return "--" + key.replace('.', '-');
  }
}
