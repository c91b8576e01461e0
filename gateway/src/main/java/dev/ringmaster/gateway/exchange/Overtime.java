package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.time.Deadline;
import dev.ringmaster.gateway.time.Expiring;

/// The time that all of a request may take.
final class Overtime implements Expiring {
  private final Lane lane;
  private final Exchange exchange;
  private final Requester client;
  private final Deadline deadline = new Deadline(this);

  Overtime(Lane lane, Exchange exchange, Requester client) {
    this.lane = lane;
    this.exchange = exchange;
    this.client = client;
  }

  /// From now on the time runs; `ticks` is 0 for no limit.
  void begin(long ticks) {
    if (ticks > 0) {
      lane.waits().arm(deadline, ticks);
    }
  }

  void end() {
    lane.waits().disarm(deadline);
  }

  @Override
  public void expired() {
    exchange.overtime();
  }

  @Override
  public void broke() {
    client.broke();
  }
}
