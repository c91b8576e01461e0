package dev.ringmaster.gateway.time;

/// What has a deadline.
public interface Expiring {
  /// The deadline passed; it is armed no longer.
  void expired();

  /// [#expired] has thrown, which was logged: what is left is to let go of what it holds.
  default void broke() {}
}
