package dev.ringmaster.console;

import dev.ringmaster.console.reload.Reloads;
import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.ledger.LedgerTotals;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a console shows and commands.
///
/// @param services at least one, in the order of the settings; asked at each request
/// @param ledger what the exchanges have come to; asked at each scrape
/// @param explain where a request would go; throws IllegalArgumentException if the facts make no
///   valid request
/// @param reloads how the settings are read again
/// @param queues the queues, and what is answered about them
public record Sources(
    Supplier<List<ServiceSource>> services,
    Supplier<LedgerTotals> ledger,
    Function<RequestFacts, Explanation> explain,
    Reloads reloads,
    QueueSource queues) {

  /// The service that is meant where none is named.
  ServiceSource first() {
    return services.get().getFirst();
  }
}
