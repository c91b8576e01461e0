package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The pools of one event loop, one for the replica on each seat.
final class Upstreams {
  private int idlePerReplica;
  private @Nullable ReplicaPool[] bySeat = new ReplicaPool[0];
  private @Nullable FleetView seen;

  Upstreams(int idlePerReplica) {
    this.idlePerReplica = idlePerReplica;
  }

  /// Retires the pools of replicas that are not on their seats any more.
  @SuppressWarnings("ReferenceEquality") // each view is one object; comparing values costs O(N)
  void follow(FleetView view) {
    if (view == seen) {
      return;
    }
    seen = view;
    for (int seat = 0; seat < bySeat.length; seat++) {
      ReplicaPool pool = bySeat[seat];
      if (pool != null && !sits(view, seat, pool)) {
        pool.retire();
        bySeat[seat] = null;
      }
    }
  }

  private static boolean sits(FleetView view, int seat, ReplicaPool pool) {
    return seat < view.seats().size() && pool.isOf(view.seats().get(seat));
  }

  ReplicaPool of(Replica replica, long nowNs) {
    int seat = replica.seat();
    if (seat >= bySeat.length) {
      bySeat = Arrays.copyOf(bySeat, Math.max(seat + 1, 2 * bySeat.length));
    }
    ReplicaPool pool = bySeat[seat];
    if (pool == null || !pool.isOf(replica)) {
      if (pool != null) {
        pool.retire();
      }
      pool = new ReplicaPool(replica, idlePerReplica, nowNs);
      bySeat[seat] = pool;
    }
    return pool;
  }

  /// Lets each pool keep so many connections from now on; what a pool has more is closed.
  void keepAtMost(int idle) {
    idlePerReplica = idle;
    for (ReplicaPool pool : bySeat) {
      if (pool != null) {
        pool.keepAtMost(idle);
      }
    }
  }

  /// Closes every kept connection and keeps none from now on.
  void close() {
    keepAtMost(0);
  }
}
