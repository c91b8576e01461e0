package dev.ringmaster.fleet;

/// What the data path saw of a replica.
public enum Symptom {
  /// The connection was refused or reset before it stood.
  CONNECT_FAILED,
  /// The connection did not stand in time.
  CONNECT_TIMEOUT,
  /// A connection broke while an answer was due.
  BROKEN,
  /// No first byte of an answer in time.
  TIMEOUT,
  /// An answer came that is not HTTP.
  GARBAGE,
  /// As many requests in a row failed as eject a replica, and a heartbeat may not show it.
  FAILING,
  /// The same, the last one for want of a connection, which a heartbeat does show.
  UNREACHABLE,
  /// An answer came, which tells that the replica is alive; sent sparingly.
  ANSWERED
}
