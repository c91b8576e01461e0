package dev.ringmaster.gateway.exchange;

import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Parcel;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// Carries messages the way that clients' requests go: the same exchange, pools, health, limits and
/// counters. The messages of a key are always carried by the same event loop.
///
/// @param lanes at least one
public record GatewayCourier(List<Lane> lanes) implements Courier {

  public GatewayCourier {
    lanes = List.copyOf(lanes);
  }

  @Override
  public void deliver(Parcel parcel, Consumer<Outcome> ended) {
    int index = (int) Long.remainderUnsigned(parcel.message().lane(), lanes.size());
    Lane lane = lanes.get(index);
    try {
      lane.loop().execute(() -> lane.deliver(parcel, ended));
    } catch (RejectedExecutionException e) {
      ended.accept(new Outcome.Refused("Ringmaster has stopped"));
    }
  }
}
