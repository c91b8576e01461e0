package dev.ringmaster.lab.stats;

import dev.ringmaster.ring.Balance;
import java.util.Collections;

/// A balance in the numbers that reports show.
///
/// @param mean load a replica
/// @param standardDeviation of the loads about their mean, over all replicas (not a sample's)
/// @param least the smallest load
/// @param most the largest load
/// @param maxToMean the largest load as a multiple of the mean; 1 is even
public record Spread(
    double mean, double standardDeviation, long least, long most, double maxToMean) {

  /// The spread of a balance.
  public static Spread of(Balance balance) {
    return new Spread(
        balance.mean(),
        balance.standardDeviation(),
        Collections.min(balance.loads()),
        Collections.max(balance.loads()),
        balance.maxOverMean());
  }
}
