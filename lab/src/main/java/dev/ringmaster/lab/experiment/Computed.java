package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.stats.Spread;
import dev.ringmaster.lab.theory.Expectation;
import dev.ringmaster.ring.Balance;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Table;
import dev.ringmaster.ring.hash.HashFunction;
import java.util.Arrays;
import java.util.List;

/// What the ring library alone makes of the same request ids: no network, no product.
///
/// @param scheme the contender's name
/// @param hash the hash function's name
/// @param loads one a replica, in the order of their seats
/// @param spread of the loads
/// @param expectedSpread what theory expects of the spread, sampling noise included
/// @param theory where that comes from
public record Computed(
    String scheme,
    String hash,
    List<Long> loads,
    Spread spread,
    double expectedSpread,
    String theory) {

  /// @param labels one a seat; where the scheme hashes names, it hashes these
  /// @param ids the request ids; their decimal text is the key
  static Computed of(Contender contender, HashFunction hash, List<String> labels, int[] ids) {
    Table table = contender.scheme().table(Roster.of(labels.toArray(String[]::new)));
    long[] loads = new long[labels.size()];
    for (int id : ids) {
      loads[table.owner(hash.hash(Integer.toString(id)))]++;
    }
    return new Computed(
        contender.name(),
        hash.name(),
        Arrays.stream(loads).boxed().toList(),
        Spread.of(Balance.of(loads)),
        Expectation.spread(contender.scheme(), labels.size(), ids.length),
        Expectation.source(contender.scheme()));
  }
}
