package dev.ringmaster.ring;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// How evenly a load lies on seats.
///
/// @param loads the load of each seat that should have one, at least one
/// @param expected what each should have; same length, same sum, each above 0
public record Balance(List<Long> loads, List<Double> expected) {

  public Balance {
    loads = List.copyOf(loads);
    expected = List.copyOf(expected);
    if (loads.isEmpty() || loads.size() != expected.size()) {
      throw new IllegalArgumentException(
          "a balance needs as many loads as expectations, at least one: "
              + loads.size()
              + " and "
              + expected.size());
    }
  }

  /// The balance of loads that should all be equal.
  public static Balance of(long... loads) {
    double mean = (double) Arrays.stream(loads).sum() / loads.length;
    List<Long> boxed = Arrays.stream(loads).boxed().toList();
    return new Balance(boxed, boxed.stream().map(load -> mean).toList());
  }

  /// The balance of uniformly random keys on the live seats of a table, each expected to take its
  /// share by weight.
  public static Balance of(Table table, int keys, RandomGenerator random) {
    Roster roster = table.roster();
    long[] loads = new long[roster.size()];
    for (int i = 0; i < keys && roster.live() > 0; i++) {
      loads[table.owner(random.nextLong())]++;
    }
    int[] seats = roster.liveSeats();
    double keysPerWeight = (double) keys / roster.totalWeight();
    return new Balance(
        Arrays.stream(seats).mapToObj(seat -> loads[seat]).toList(),
        Arrays.stream(seats).mapToObj(seat -> roster.weight(seat) * keysPerWeight).toList());
  }

  /// The sum of all loads.
  public long total() {
    return loads.stream().mapToLong(Long::longValue).sum();
  }

  /// The mean load.
  public double mean() {
    return (double) total() / loads.size();
  }

  /// The standard deviation of the loads from their mean, dividing by their number: these seats are
  /// all there are, not a sample of more.
  public double standardDeviation() {
    double mean = mean();
    double squares = 0;
    for (long load : loads) {
      squares += (load - mean) * (load - mean);
    }
    return Math.sqrt(squares / loads.size());
  }

  /// The highest load over the mean; 1 is perfect.
  public double maxOverMean() {
    return total() == 0 ? 1 : loads.stream().mapToLong(Long::longValue).max().orElse(0) / mean();
  }

  /// Pearson's chi-square of the loads against what is expected.
  public double chiSquare() {
    double sum = 0;
    for (int i = 0; i < loads.size(); i++) {
      double difference = loads.get(i) - expected.get(i);
      sum += difference * difference / expected.get(i);
    }
    return sum;
  }

  /// The probability that pure chance spreads the keys at least as badly, 0 to 1.
  public double pValue() {
    return loads.size() == 1 ? 1 : ChiSquare.upperTail(chiSquare(), loads.size() - 1);
  }
}
