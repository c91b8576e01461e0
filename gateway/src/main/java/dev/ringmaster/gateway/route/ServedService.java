package dev.ringmaster.gateway.route;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.gateway.admission.WaitingRoom;
import dev.ringmaster.gateway.settings.ServiceSettings;
import org.jspecify.annotations.Nullable;

/// A service as the data plane knows it.
///
/// @param name what people, metrics and routes call it
/// @param settings how its requests are treated
/// @param fleet its replicas, and who hears of their failures
/// @param room where its requests wait, over all event loops; null if its replicas have no limit
public record ServedService(
    String name, ServiceSettings settings, FleetControl fleet, @Nullable WaitingRoom room) {

  /// A service in which nobody waits yet.
  public ServedService(String name, ServiceSettings settings, FleetControl fleet) {
    this(
        name,
        settings,
        fleet,
        settings.concurrency().on() ? new WaitingRoom(settings.concurrency()) : null);
  }
}
