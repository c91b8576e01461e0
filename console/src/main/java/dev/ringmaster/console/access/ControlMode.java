package dev.ringmaster.console.access;

/// Who may change the fleet where no token is configured.
public enum ControlMode {
  /// Clients on this machine.
  LOOPBACK,
  /// Everyone who reaches the port.
  OPEN,
  /// No one on the traffic port, whose `/add` and `/rm` go to the replicas; clients on this machine
  /// on the console's.
  OFF
}
