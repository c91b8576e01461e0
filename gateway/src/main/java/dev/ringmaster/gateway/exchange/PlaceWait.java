package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Load;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.admission.Waiter;
import dev.ringmaster.gateway.admission.WaitingRoom;
import java.util.List;

/// One wait of an exchange for a place at a replica. An object each time, so that a call that comes
/// too late finds out by itself that nobody waits for it.
final class PlaceWait implements Waiter.Caller {
  private enum Stage {
    WAITING,
    OVER
  }

  private final Queueing queueing;
  private final LocalService service;
  private final Exchange exchange;
  private final Waiter waiter;
  private final long beganNs;
  private Stage stage = Stage.WAITING;

  /// A wait that has not begun; [#enter] does.
  ///
  /// @param client whose request it is
  /// @param shunned the replicas it was tried at
  PlaceWait(
      LocalService service, Queueing queueing, Exchange exchange, long client, List<Load> shunned) {
    this.service = service;
    this.queueing = queueing;
    this.exchange = exchange;
    this.waiter = new Waiter(client, shunned, service.lane().loop(), this);
    this.beganNs = service.lane().nowNs();
  }

  Waiter waiter() {
    return waiter;
  }

  long beganNs() {
    return beganNs;
  }

  /// Joins the line, if there is room.
  WaitingRoom.Entry enter(FleetView view) {
    return queueing.enter(this, view);
  }

  /// The request does not wait any longer; nothing happens if the wait is over.
  void leave() {
    if (stage == Stage.WAITING) {
      stage = Stage.OVER;
      queueing.leave(this);
    }
  }

  @Override
  public void called(Waiter itself, Replica replica) {
    if (stage == Stage.WAITING) {
      stage = Stage.OVER;
      queueing.ended(this);
      exchange.placeFound(replica);
    } else {
      service.giveBack(replica);
    }
  }
}
