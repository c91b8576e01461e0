package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.load.LoadResult;
import dev.ringmaster.lab.load.Sample;
import java.util.ArrayList;
import java.util.List;

/// A stretch of a load in equal bins.
///
/// @param binMs the width of a bin
/// @param bins one after the other
/// @param serving how many replicas served, sampled
public record Timeline(int binMs, List<Bin> bins, List<ServingAt> serving) {
  private static final int BIN_MS = 50;

  /// What ended in one bin.
  ///
  /// @param atMs where it begins, in milliseconds after the origin; may be negative
  /// @param good requests with status 200
  /// @param lost all others
  /// @param worstMs the longest latency
  public record Bin(double atMs, long good, long lost, double worstMs) {}

  /// How many replicas served at a moment, in milliseconds after the origin.
  public record ServingAt(double atMs, int serving) {}

  /// From which to which moment a timeline runs.
  ///
  /// @param originNs the moment called 0
  /// @param beforeMs how much of the time before it is shown
  /// @param afterMs how much of the time after it
  record Window(long originNs, int beforeMs, int afterMs) {
    double ms(long atNs) {
      return (atNs - originNs) / 1e6;
    }

    boolean holds(long atNs) {
      return ms(atNs) >= -beforeMs && ms(atNs) < afterMs;
    }
  }

  static Timeline of(LoadResult result, List<ServingWatch.Seen> seen, Window window) {
    int count = (window.beforeMs + window.afterMs) / BIN_MS;
    long[] good = new long[count];
    long[] lost = new long[count];
    double[] worst = new double[count];
    for (Sample sample : result.samples()) {
      int bin = (int) Math.floor((window.ms(sample.endNs()) + window.beforeMs) / BIN_MS);
      if (bin >= 0 && bin < count) {
        good[bin] += sample.good() ? 1 : 0;
        lost[bin] += sample.good() ? 0 : 1;
        worst[bin] = Math.max(worst[bin], sample.latencyNs() / 1e6);
      }
    }
    List<Bin> bins = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      bins.add(new Bin((double) i * BIN_MS - window.beforeMs, good[i], lost[i], worst[i]));
    }
    List<ServingAt> serving =
        seen.stream()
            .filter(one -> window.holds(one.atNs()))
            .map(one -> new ServingAt(window.ms(one.atNs()), one.status().serving()))
            .toList();
    return new Timeline(BIN_MS, List.copyOf(bins), serving);
  }
}
