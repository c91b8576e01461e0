package dev.ringmaster.gateway.exchange;

import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Parcel;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The messages that one event loop carries.
final class Deliveries {
  /// Messages under way at a time. Each queue bounds its own, far below; this bounds what many
  /// queues may make one loop hold.
  static final int MOST = 4_096;

  private final Lane lane;
  private final Set<Delivery> carried = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ArrayDeque<Delivery> resting = new ArrayDeque<>();

  Deliveries(Lane lane) {
    this.lane = lane;
  }

  /// Takes a message to its replica, unless there are too many or the lane ends.
  void begin(Parcel parcel, Consumer<Outcome> ended) {
    if (lane.draining()) {
      refuse("Ringmaster stops", ended);
    } else if (carried.size() >= MOST) {
      refuse("too many messages are under way", ended);
    } else {
      Delivery free = resting.poll();
      Delivery delivery = free == null ? new Delivery(lane, this) : free;
      carried.add(delivery);
      lane.ledger().carrying(1);
      delivery.begin(parcel, ended);
    }
  }

  private void refuse(String reason, Consumer<Outcome> ended) {
    Outcome refused = new Outcome.Refused(reason);
    lane.ledger().delivered(refused);
    ended.accept(refused);
  }

  /// A message is told what came of it, and its carrier is free for another.
  void over(Delivery delivery, Outcome outcome) {
    carried.remove(delivery);
    lane.ledger().carrying(-1);
    lane.ledger().delivered(outcome);
    resting.push(delivery);
  }

  /// Ends all that are under way.
  void cut() {
    List.copyOf(carried).forEach(delivery -> delivery.cut("Ringmaster stops"));
  }
}
