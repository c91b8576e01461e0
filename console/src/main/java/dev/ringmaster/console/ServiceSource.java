package dev.ringmaster.console;

import dev.ringmaster.console.metrics.Observed;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetStats;
import java.util.function.Supplier;

/// One service that a console shows and commands.
///
/// @param name by which it is asked for
/// @param fleet its replicas
/// @param stats what the fleet has been through
public record ServiceSource(String name, FleetControl fleet, Supplier<FleetStats> stats) {

  Observed observed() {
    return new Observed(fleet.view(), stats.get());
  }
}
