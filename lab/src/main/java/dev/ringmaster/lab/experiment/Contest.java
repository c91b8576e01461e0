package dev.ringmaster.lab.experiment;

import java.util.List;

/// What A-4 found.
///
/// @param measured through the product, for each scheme and size, and for some hash functions
/// @param computed by the ring library, for every scheme, hash function and size
/// @param moved keys that a death and a growth move, for each scheme
/// @param references what theory says of the classic design with random functions
public record Contest(
    List<Match> measured, List<Computed> computed, List<Moved> moved, List<Reference> references) {

  /// A measurement beside what the library computes for the same ids and labels.
  ///
  /// @param computable whether the library can know it: not with a secret of Ringmaster's own
  public record Match(BalanceRun run, Computed computed, boolean computable) {
    /// Whether each replica got exactly the requests that the library computes.
    public boolean exact() {
      List<Long> loads = run.replicas().stream().map(BalanceRun.ReplicaLoad::requests).toList();
      return computable && loads.equals(computed.loads());
    }
  }

  /// A number of the contract and ours for the same.
  public record Reference(String what, double contract, double ours) {}
}
