package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.admission.WaitingRoom;
import dev.ringmaster.gateway.choice.Tried;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How the requests of one service and event loop come by places at its replicas, where those are
/// limited: they take one, or wait for one in the room that all event loops share.
final class Queueing {
  /// How often the line is served from places that nobody told of, while somebody of this loop
  /// waits: a replica that has come, or a place that an exchange of an older configuration left.
  private static final long LOOK_MS = 5;

  /// Choices after which a request waits though there may be places: each round another loop took
  /// the place first.
  private static final int MOST_RACES = 8;

  private final LocalService service;
  private final WaitingRoom room;
  private int waiting;
  private @Nullable ScheduledFuture<?> nextLook;

  Queueing(LocalService service, WaitingRoom room) {
    this.service = service;
    this.room = room;
  }

  /// Chooses a replica and takes a place at it; null if none is left, all are full, or somebody in
  /// the line wants the place too. One who cannot have it, because the replica has failed him,
  /// holds nobody up.
  @Nullable Replica take(FleetView view, long hash, int over, Tried tried) {
    for (int race = 0; race < MOST_RACES; race++) {
      Replica chosen = service.choose(view, hash, over, tried);
      if (chosen == null || room.wanted(chosen)) {
        return null;
      }
      if (room.take(chosen)) {
        return chosen;
      }
    }
    return null;
  }

  /// Whether the request could go to a replica if there were a place.
  boolean worthwhile(FleetView view, long hash, Tried tried) {
    return service.chooser().choose(view, hash, tried) != null || service.chooser().atLimit() > 0;
  }

  WaitingRoom.Entry enter(PlaceWait wait, FleetView view) {
    WaitingRoom.Entry entry = room.enter(wait.waiter(), view);
    if (entry == WaitingRoom.Entry.WAITS) {
      waiting++;
      service.ledger().waiting(1);
      if (nextLook == null) {
        lookSoon();
      }
    }
    return entry;
  }

  /// A wait has ended, with a place or without.
  void ended(PlaceWait wait) {
    waiting--;
    service.ledger().waiting(-1);
    service.ledger().waited(service.lane().nowNs() - wait.beganNs());
  }

  void leave(PlaceWait wait) {
    ended(wait);
    // One that was called already hears of it later and gives its place back then.
    var _ = room.leave(wait.waiter());
  }

  /// The load of a replica was given back.
  void freed(Replica replica) {
    if (!room.empty()) {
      room.freed(replica, service.view());
    }
  }

  private void lookSoon() {
    nextLook = service.lane().loop().schedule(this::look, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    Lane.guarded(() -> room.serve(service.view()));
    if (waiting == 0) {
      nextLook = null;
    } else {
      lookSoon();
    }
  }
}
