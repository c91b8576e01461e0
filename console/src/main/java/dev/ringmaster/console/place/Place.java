package dev.ringmaster.console.place;

import dev.ringmaster.fleet.Replica;

/// Where a replica stands in its fleet.
public enum Place {
  /// On a seat: it is one of N.
  SEAT,
  /// Outside the table, until a seat is empty.
  SPARE,
  /// On its way out, whatever seat it had.
  LEAVING;

  /// Where this replica stands.
  public static Place of(Replica replica) {
    return switch (replica.state()) {
      case STARTING, PROBING, SERVING, SUSPECT -> replica.seat() == Replica.SPARE ? SPARE : SEAT;
      case DRAINING, GONE -> LEAVING;
    };
  }
}
