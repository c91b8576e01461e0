package dev.ringmaster.console;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import java.util.function.Supplier;

/// What a console shows and commands.
///
/// @param fleet the fleet
/// @param ledger what the service's exchanges have come to; asked at each scrape
public record Sources(FleetControl fleet, Supplier<LedgerTotals> ledger) {}
