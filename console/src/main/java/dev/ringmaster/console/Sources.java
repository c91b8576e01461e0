package dev.ringmaster.console;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetStats;
import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a console shows and commands.
///
/// @param fleet the fleet
/// @param stats what the fleet has been through; asked at each scrape
/// @param ledger what the exchanges have come to; asked at each scrape
/// @param explain where a request would go; throws IllegalArgumentException if the facts make no
///   valid request
public record Sources(
    FleetControl fleet,
    Supplier<FleetStats> stats,
    Supplier<LedgerTotals> ledger,
    Function<RequestFacts, Explanation> explain) {}
