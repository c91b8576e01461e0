package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.load.LoadResult;
import dev.ringmaster.lab.stats.Spread;
import dev.ringmaster.lab.theory.BallsInBins;
import dev.ringmaster.ring.Balance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How one measurement's requests fell on the replicas.
///
/// @param scheme what mapped keys to replicas
/// @param hash what hashed the keys
/// @param replicas one entry each, in the order of their ids
/// @param spread of the measured loads
/// @param expectedSpread of the loads that theory expects, sampling noise included
/// @param chiSquare Pearson's, of the measured loads against the expected ones
/// @param p how probable a chi-square at least as large is by chance alone
/// @param load how the requests fared
public record BalanceRun(
    String scheme,
    String hash,
    List<ReplicaLoad> replicas,
    Spread spread,
    double expectedSpread,
    double chiSquare,
    double p,
    LoadSummary load) {

  /// The probability of being more than five standard deviations off, on either side.
  public static final double FIVE_SIGMA = 5.7e-7;

  private static final double BAND_SIGMAS = 5;

  /// One replica's part.
  ///
  /// @param id the id that the replica greets with
  /// @param requests how many it answered
  /// @param expected how many theory expects
  /// @param band five standard deviations of that number
  public record ReplicaLoad(String id, long requests, double expected, double band) {
    /// Whether the count is within the band.
    public boolean within() {
      return Math.abs(requests - expected) <= band;
    }
  }

  /// What a measurement was to show.
  ///
  /// @param ids the replicas' ids, in the order of their seats
  /// @param shares the part of the requests that each is to get
  record Aim(
      String scheme, String hash, List<String> ids, List<Double> shares, double expectedSpread) {}

  static BalanceRun of(Aim aim, LoadResult result) {
    Map<String, Long> counts = result.byServer();
    long answered = counts.values().stream().mapToLong(Long::longValue).sum();
    List<ReplicaLoad> loads = new ArrayList<>();
    for (int i = 0; i < aim.ids.size(); i++) {
      String id = aim.ids.get(i);
      double share = aim.shares.get(i);
      double band = BAND_SIGMAS * BallsInBins.sigma(answered, share);
      loads.add(new ReplicaLoad(id, counts.getOrDefault(id, 0L), answered * share, band));
    }
    Balance fit = fit(loads);
    return new BalanceRun(
        aim.scheme,
        aim.hash,
        List.copyOf(loads),
        Spread.of(Balance.of(loads.stream().mapToLong(ReplicaLoad::requests).toArray())),
        aim.expectedSpread,
        fit.chiSquare(),
        fit.pValue(),
        LoadSummary.of(result));
  }

  /// The loads against their expectations; a replica that is to get nothing has no part in the
  /// test.
  private static Balance fit(List<ReplicaLoad> loads) {
    List<ReplicaLoad> tested = loads.stream().filter(load -> load.expected() > 0).toList();
    if (tested.isEmpty()) {
      return Balance.of(0);
    }
    return new Balance(
        tested.stream().map(ReplicaLoad::requests).toList(),
        tested.stream().map(ReplicaLoad::expected).toList());
  }

  /// Whether the loads are as near to the expected ones as chance allows, at five sigma.
  public boolean fits() {
    return p >= FIVE_SIGMA;
  }

  /// Whether each replica's count is within its band.
  public boolean within() {
    return replicas.stream().allMatch(ReplicaLoad::within);
  }
}
