package dev.ringmaster.gateway.heavy;

/// What is done about keys that are hotter than a seat's fair share.
public enum HeavyMode {
  /// Nothing; they are not looked for.
  OFF,
  /// They are found and shown, and still go to their owner.
  WATCH,
  /// Their requests are spread over the first of their candidates.
  SPREAD
}
