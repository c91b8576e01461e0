package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.gateway.admission.ClientEntry;
import dev.ringmaster.gateway.admission.WaitingRoom;
import dev.ringmaster.gateway.choice.Tried;
import org.jspecify.annotations.Nullable;

/// How one exchange waits for a replica: for a place where all that are left are at their limit, or
/// for one that serves again where none is left. Each of the two has its own end, which does not
/// move when the exchange waits again.
final class ReplicaWait {
  private final Lane lane;
  private final Requester client;
  private final Exchange exchange;
  private long placeEndNs;
  private long healEndNs;
  private @Nullable PlaceWait place;
  private @Nullable Healing healing;
  private WaitingRoom.@Nullable Entry entry;

  ReplicaWait(Lane lane, Requester client, Exchange exchange) {
    this.lane = lane;
    this.client = client;
    this.exchange = exchange;
  }

  /// Makes ready for the next request.
  void clear() {
    placeEndNs = 0;
    healEndNs = 0;
  }

  /// Begins to wait, and arms the client's deadline; false if that makes no sense, or not any more.
  boolean begin(LocalService service, FleetView view, long hash, Tried tried) {
    Queueing queueing = tried.full() ? null : service.queueing();
    entry = null;
    if (queueing != null && queueing.worthwhile(view, hash, tried)) {
      return awaitPlace(service, queueing, view, tried);
    }
    return awaitHealing(service, view);
  }

  private boolean awaitPlace(LocalService service, Queueing queueing, FleetView view, Tried tried) {
    long nowNs = lane.nowNs();
    if (placeEndNs == 0) {
      placeEndNs = nowNs + service.settings().concurrency().patience().toNanos();
    }
    PlaceWait wait =
        new PlaceWait(
            service, queueing, exchange, ClientEntry.keyOf(client.address()), tried.loads());
    entry = nowNs < placeEndNs ? wait.enter(view) : WaitingRoom.Entry.LATE;
    if (entry != WaitingRoom.Entry.WAITS) {
      return false;
    }
    place = wait;
    client.arm(lane.waits().ticks(placeEndNs - nowNs));
    return true;
  }

  private boolean awaitHealing(LocalService service, FleetView view) {
    long nowNs = lane.nowNs();
    if (healEndNs == 0) {
      healEndNs = nowNs + service.terms().healNs();
    }
    int most = service.settings().limits().waitingPerLoop();
    boolean waits =
        nowNs < healEndNs && Healing.likely(view) && service.healing().await(exchange, view, most);
    if (waits) {
      healing = service.healing();
      // A try in between has armed its own, shorter deadline; the end is checked at each look.
      client.arm(service.terms().heal());
    }
    return waits;
  }

  /// The fleet has changed, and the exchange stands in no line any more; false if it did not wait
  /// for that.
  boolean healed() {
    boolean waited = healing != null;
    healing = null;
    return waited;
  }

  /// Waits for nothing any more.
  ///
  /// @return how long it waited for a place in nanoseconds, 0 if it did not
  long end() {
    PlaceWait ended = place;
    if (ended != null) {
      place = null;
      ended.leave();
      return lane.nowNs() - ended.beganNs();
    }
    if (healing != null) {
      healing.leave(exchange);
      healing = null;
    }
    return 0;
  }

  /// Why it got no place; null if it did not look for one last.
  @Nullable String refusal() {
    return entry == null ? null : entry.reason();
  }
}
