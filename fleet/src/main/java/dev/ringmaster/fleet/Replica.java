package dev.ringmaster.fleet;

import java.net.InetSocketAddress;

/// One replica as the supervisor last saw it.
///
/// @param name unique in its service
/// @param seat the seat it sits on, or [#SPARE] if it sits on none: it is a spare, or leaves
/// @param address where it listens
/// @param state where it is in its life
/// @param load its requests in flight; the same object in every view of this replica
/// @param restarts how often this seat was given a new replica since Ringmaster started
/// @param note why it is in this state, for people; empty if there is nothing to say
public record Replica(
    String name,
    int seat,
    InetSocketAddress address,
    ReplicaState state,
    Load load,
    int restarts,
    String note) {

  /// The seat of a replica that has none.
  public static final int SPARE = -1;
}
