package dev.ringmaster.fleet;

/// ```
/// starting → probing → serving ⇄ suspect
///     │          │        │         │
///     └──────────┴────────┴────┬────┘
///                              ▼
///                          draining → gone
/// ```
public enum ReplicaState {
  /// The runtime was asked to start it.
  STARTING,
  /// It runs and has not answered its first heartbeat.
  PROBING,
  /// It answers heartbeats; a replica on a seat is in the table.
  SERVING,
  /// It failed its heartbeats or its traffic, and is out of the table until it answers again.
  SUSPECT,
  /// It takes no new request; its requests in flight may end.
  DRAINING,
  /// It has ended.
  GONE
}
