package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Load;
import dev.ringmaster.fleet.Replica;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The open tunnels of one event loop. Those to a replica that has left the fleet are closed; one
/// that is only drained keeps its tunnels for the drain time, since they count as its requests in
/// flight.
final class Tunnels {
  private final Set<Tunnel> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable FleetView seen;

  void opened(Tunnel tunnel) {
    open.add(tunnel);
  }

  void closed(Tunnel tunnel) {
    open.remove(tunnel);
  }

  boolean any() {
    return !open.isEmpty();
  }

  /// Closes those whose replica is not in the view.
  @SuppressWarnings("ReferenceEquality") // each view is one object; comparing values costs O(N)
  void follow(FleetView view) {
    if (view == seen) {
      return;
    }
    seen = view;
    Set<Load> present = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Replica replica : view.replicas()) {
      present.add(replica.load());
    }
    for (Tunnel tunnel : List.copyOf(open)) {
      if (!present.contains(tunnel.replica().load())) {
        tunnel.replicaLeft();
      }
    }
  }
}
