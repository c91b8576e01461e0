package dev.ringmaster.gateway.ledger;

import dev.ringmaster.gateway.ledger.LedgerTotals.SeatTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The ledgers of all event loops, added up when somebody asks.
///
/// @param loops one for each event loop
public record Ledger(List<LoopLedger> loops) {

  public Ledger {
    loops = List.copyOf(loops);
  }

  /// What the exchanges have come to so far, over all loops.
  public LedgerTotals totals(String service) {
    long[] common = new long[LoopLedger.COMMON_COUNTERS];
    SortedMap<Integer, long[]> rows = new TreeMap<>();
    for (LoopLedger loop : loops) {
      loop.addCommonTo(common);
      loop.addSeatsTo(rows);
    }
    List<SeatTotals> seats = new ArrayList<>();
    rows.forEach((seat, row) -> seats.add(LoopLedger.totals(seat, row)));
    return new LedgerTotals(
        service,
        seats,
        LoopLedger.boxed(common, 0, LoopLedger.CLASSES),
        common[LoopLedger.CLASSES],
        common[LoopLedger.CLASSES + 1]);
  }
}
