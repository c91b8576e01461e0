package dev.ringmaster.gateway.time;

/// What has a deadline.
public interface Expiring {
  /// The deadline passed; it is armed no longer.
  void expired();
}
