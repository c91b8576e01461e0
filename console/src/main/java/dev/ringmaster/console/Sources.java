package dev.ringmaster.console;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a console shows and commands.
///
/// @param fleet the fleet
/// @param ledger what the service's exchanges have come to; asked at each scrape
/// @param explain where a request would go
public record Sources(
    FleetControl fleet,
    Supplier<LedgerTotals> ledger,
    Function<RequestFacts, Explanation> explain) {}
