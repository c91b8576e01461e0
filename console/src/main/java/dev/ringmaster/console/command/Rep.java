package dev.ringmaster.console.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ringmaster.console.place.Place;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import java.util.ArrayList;
import java.util.List;

/// What `/rep` says: N, and the replicas that belong to it in the order in which they were added.
/// Spares and replicas on their way out are none of them.
///
/// @param n N, as last commanded; while a dead replica's successor is not yet there the list is
///   shorter
record Rep(@JsonProperty("N") int n, List<String> replicas) {

  static Rep of(FleetView view) {
    List<String> names = new ArrayList<>();
    for (Replica replica : view.replicas()) {
      if (Place.of(replica) == Place.SEAT) {
        names.add(replica.name());
      }
    }
    return new Rep(view.desired(), names);
  }
}
