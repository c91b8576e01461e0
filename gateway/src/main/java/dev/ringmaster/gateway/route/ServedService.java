package dev.ringmaster.gateway.route;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.gateway.settings.ServiceSettings;

/// A service as the data plane knows it.
///
/// @param name what people, metrics and routes call it
/// @param settings how its requests are treated
/// @param fleet its replicas, and who hears of their failures
public record ServedService(String name, ServiceSettings settings, FleetControl fleet) {}
