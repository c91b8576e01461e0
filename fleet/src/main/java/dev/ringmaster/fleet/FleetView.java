package dev.ringmaster.fleet;

import dev.ringmaster.ring.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service's fleet at one moment, whole and immutable; published by the supervisor with one
/// volatile write.
///
/// @param service the service's name
/// @param desired N, as last commanded
/// @param table which seat gets which key; its weights say who takes traffic
/// @param seats the replica on each seat, null where there is none; as long as the table's roster
/// @param replicas all replicas, spares included, in the order in which they were added
public record FleetView(
    String service,
    int desired,
    Table table,
    List<@Nullable Replica> seats,
    List<Replica> replicas) {

  /// Whether the replica, in whatever state it was seen, is on its seat and takes requests.
  public boolean serves(Replica replica) {
    int seat = replica.seat();
    if (seat < 0 || seat >= seats.size() || table.roster().weight(seat) == 0) {
      return false;
    }
    Replica sitting = seats.get(seat);
    return sitting != null && sitting.load() == replica.load();
  }

  /// How many replicas on seats are ejected for their failures.
  public int ejected() {
    int count = 0;
    for (Replica replica : replicas) {
      if (replica.seat() != Replica.SPARE && replica.share().ejectedUntil() != null) {
        count++;
      }
    }
    return count;
  }

  /// How many replicas serve on seats, ejected ones included.
  public int serving() {
    int count = 0;
    for (Replica replica : replicas) {
      if (replica.seat() != Replica.SPARE && replica.state() == ReplicaState.SERVING) {
        count++;
      }
    }
    return count;
  }
}
