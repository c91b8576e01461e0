package dev.ringmaster.app.settings;

/// A value that someone gave.
///
/// @param key what was set
/// @param text the value as written
/// @param origin where, for messages: `--port`, `ringmaster.yaml:12`
public record Given(String key, String text, String origin) {

  /// The start of a message about this value.
  String place() {
    return origin.startsWith("--") ? origin : origin + ": " + key;
  }
}
