package dev.ringmaster.console.queue;

/// Who may come for messages: lease, acknowledge, extend, release.
public enum Consumers {
  /// Whoever may change the configuration.
  CONTROL,
  /// Whoever reaches the port.
  OPEN
}
