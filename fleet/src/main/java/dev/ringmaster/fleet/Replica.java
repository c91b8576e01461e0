package dev.ringmaster.fleet;

import dev.ringmaster.fleet.weight.Share;
import java.net.InetSocketAddress;
import java.time.Instant;

/// One replica as the supervisor last saw it.
///
/// @param name unique in its service
/// @param seat the seat it sits on, or [#SPARE] if it sits on none: it is a spare, or leaves
/// @param address where it listens
/// @param state where it is in its life
/// @param load what the traffic tells of it; the same object in every view of this replica
/// @param restarts how often this seat was given a new replica since Ringmaster started
/// @param note why it is in this state, for people; empty if there is nothing to say
/// @param since when it came to this state
/// @param share how much of its seat's keys it is to take while it serves
public record Replica(
    String name,
    int seat,
    InetSocketAddress address,
    ReplicaState state,
    Load load,
    int restarts,
    String note,
    Instant since,
    Share share) {

  /// The seat of a replica that has none.
  public static final int SPARE = -1;

  /// A replica that takes its whole share.
  public Replica(
      String name,
      int seat,
      InetSocketAddress address,
      ReplicaState state,
      Load load,
      int restarts,
      String note) {
    this(name, seat, address, state, load, restarts, note, Instant.EPOCH, Share.FULL);
  }
}
