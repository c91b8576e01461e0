package dev.ringmaster.lab.load;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// What a load came to.
///
/// @param samples each request, in the order in which they ended
/// @param startNs when the first was due
/// @param endNs when the last ended
public record LoadResult(List<Sample> samples, long startNs, long endNs) {
  private static final long HIGHEST_NS = 3_600_000_000_000L;

  /// Ids in numeric order if they are numbers, before all others.
  private static final Comparator<String> BY_ID =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /// Requests by the id of the replica that answered them, in order of the ids.
  public Map<String, Long> byServer() {
    return samples.stream()
        .filter(sample -> sample.server() != null)
        .collect(
            Collectors.groupingBy(
                sample -> String.valueOf(sample.server()),
                () -> new TreeMap<>(BY_ID),
                Collectors.counting()));
  }

  /// Answers by status.
  public Map<Integer, Long> byStatus() {
    return samples.stream()
        .filter(sample -> sample.failure() == null)
        .collect(Collectors.groupingBy(Sample::status, TreeMap::new, Collectors.counting()));
  }

  /// Requests without an answer, by reason.
  public Map<Failure, Long> byFailure() {
    Map<Failure, Long> counts = new EnumMap<>(Failure.class);
    for (Sample sample : samples) {
      if (sample.failure() != null) {
        counts.merge(sample.failure(), 1L, Long::sum);
      }
    }
    return counts;
  }

  /// Requests that did not get status 200.
  public long lost() {
    return samples.stream().filter(sample -> !sample.good()).count();
  }

  /// Requests ended for each second of the whole run.
  public double perSecond() {
    return samples.size() / (Math.max(1, endNs - startNs) / 1e9);
  }

  /// The latencies of all requests, failed ones included.
  public Latency latency() {
    Histogram histogram = new Histogram(HIGHEST_NS, 3);
    for (Sample sample : samples) {
      histogram.recordValue(Math.clamp(sample.latencyNs(), 0, HIGHEST_NS));
    }
    Function<Double, Double> ms = percent -> histogram.getValueAtPercentile(percent) / 1e6;
    return new Latency(
        histogram.getMean() / 1e6,
        ms.apply(50.0),
        ms.apply(90.0),
        ms.apply(99.0),
        ms.apply(99.9),
        histogram.getMaxValue() / 1e6);
  }
}
