package dev.ringmaster.gateway.route;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.gateway.admission.WaitingRoom;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.tls.ReplicaTls;
import dev.ringmaster.gateway.tls.Unusable;
import org.jspecify.annotations.Nullable;

/// A service as the data plane knows it. All that can fail has been done when there is one: files
/// have been read, so that every event loop serves it alike.
///
/// @param name what people, metrics and routes call it
/// @param settings how its requests are treated
/// @param fleet its replicas, and who hears of their failures
/// @param room where its requests wait, over all event loops; null if its replicas have no limit
/// @param tls TLS towards its replicas, as the settings have it; null for none
public record ServedService(
    String name,
    ServiceSettings settings,
    FleetControl fleet,
    @Nullable WaitingRoom room,
    @Nullable ReplicaTls tls) {

  /// A service in which nobody waits yet.
  ///
  /// @throws IllegalArgumentException if the file of the replicas' authorities cannot be used
  public ServedService(String name, ServiceSettings settings, FleetControl fleet) {
    this(name, settings, fleet, tls(settings));
  }

  /// A service in which nobody waits yet, with what was read for its settings.
  public ServedService(
      String name, ServiceSettings settings, FleetControl fleet, @Nullable ReplicaTls tls) {
    this(
        name,
        settings,
        fleet,
        settings.concurrency().on() ? new WaitingRoom(settings.concurrency()) : null,
        tls);
  }

  private static @Nullable ReplicaTls tls(ServiceSettings settings) {
    try {
      return ReplicaTls.of(settings.link());
    } catch (Unusable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
