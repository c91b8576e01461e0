package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.stats.Median;
import java.util.List;

/// What A-3 found.
///
/// @param checks the endpoints, in the order in which they were asked
/// @param kills each replica that was killed under load, without spares first
/// @param load all requests sent during the kills
/// @param storm many requests while replicas come and go
public record FaultRun(
    List<EndpointCheck> checks, List<Kill> kills, List<LoadSummary> load, Storm storm) {

  /// The median time to heal of the kills with this many spares, in milliseconds; NaN of none.
  public double medianHealedMs(int spares) {
    return Median.of(kills.stream().filter(k -> k.spares() == spares).map(Kill::healedMs).toList());
  }

  /// Requests lost in all parts of the experiment.
  public long lost() {
    return storm.load().lost() + load.stream().mapToLong(LoadSummary::lost).sum();
  }

  /// Whether every endpoint answered as the contract says.
  public boolean checksPassed() {
    return checks.stream().allMatch(EndpointCheck::passed);
  }
}
