package dev.ringmaster.fleet;

/// ```
/// starting → probing → serving ⇄ suspect
///     │          │        │         │
///     └──────────┴────────┴────┬────┘
///                              ▼
///                          draining → gone
/// ```
///
/// A replica that ends by itself goes to gone from wherever it is.
public enum ReplicaState {
  /// The runtime was asked to start it, or will be when its back-off is over.
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
  GONE;

  /// Whether a replica may go from this state to the other.
  public boolean leadsTo(ReplicaState next) {
    return switch (this) {
      case STARTING -> next == PROBING || next == DRAINING || next == GONE;
      case PROBING -> next == SERVING || next == DRAINING || next == GONE;
      case SERVING -> next == SUSPECT || next == DRAINING || next == GONE;
      case SUSPECT -> next == SERVING || next == DRAINING || next == GONE;
      case DRAINING -> next == GONE;
      case GONE -> false;
    };
  }
}
