package dev.ringmaster.fleet;

import java.util.List;

/// What a fleet has been through since Ringmaster started; whole and immutable.
///
/// @param restarts seats that were given a new replica because the old one died or was killed
/// @param kills hung replicas that were ended by force
/// @param startsFailed replicas that ended, or were given up, before they ever served
/// @param ejections of replicas whose requests failed
/// @param heals times at which all N served again after a death
/// @param recentHealsNs the newest of those, oldest first: from the death to N serving
/// @param lastChange what the newest change of the table moved
public record FleetStats(
    long restarts,
    long kills,
    long startsFailed,
    Ejections ejections,
    long heals,
    List<Long> recentHealsNs,
    TableChange lastChange) {

  /// How many heals [#recentHealsNs] holds at most.
  public static final int RECENT_HEALS = 128;

  /// How often replicas were ejected for failures in a row.
  ///
  /// @param done ejections
  /// @param refused times at which one was due, but as many were ejected as may be at a time
  public record Ejections(long done, long refused) {
    public static final Ejections NONE = new Ejections(0, 0);
  }

  /// One change of the table.
  ///
  /// @param version the table's version after it
  /// @param seatsChanged seats whose weight is another, new seats included
  /// @param shareMoved the part of all keys, 0 to 1, that have another owner; measured over a fixed
  ///   sample of hashes
  public record TableChange(long version, int seatsChanged, double shareMoved) {

    /// Nothing has changed yet.
    public static final TableChange NONE = new TableChange(0, 0, 0);
  }
}
