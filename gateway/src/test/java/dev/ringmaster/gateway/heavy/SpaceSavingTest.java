package dev.ringmaster.gateway.heavy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.gateway.heavy.Summary.Counted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpaceSavingTest {
  private static final int COUNTERS = 64;

  /// Ranks from 1 on, each with a probability in inverse proportion to a power of the rank.
  private static final class Zipf {
    private final double[] upTo;

    Zipf(int ranks, double exponent) {
      upTo = new double[ranks];
      double sum = 0;
      for (int i = 0; i < ranks; i++) {
        sum += Math.pow(i + 1, -exponent);
        upTo[i] = sum;
      }
    }

    long hash(SplittableRandom random) {
      double drawn = random.nextDouble() * upTo[upTo.length - 1];
      int rank = 0;
      while (upTo[rank] < drawn) {
        rank++;
      }
      return (rank + 1) * 0x9E3779B97F4A7C15L;
    }
  }

  private static Map<Long, Long> countBoth(
      SpaceSaving counters, long seed, double exponent, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    Zipf zipf = new Zipf(2_000, exponent);
    Map<Long, Long> exact = new HashMap<>();
    for (int i = 0; i < length; i++) {
      long hash = zipf.hash(random);
      counters.count(hash);
      exact.merge(hash, 1L, Long::sum);
    }
    return exact;
  }

  private static void assertBounds(
      Map<Long, Counted> counted, Map<Long, Long> exact, long total, int counters) {
    for (Counted found : counted.values()) {
      long truth = exact.getOrDefault(found.hash(), 0L);
      assertThat(truth).isBetween(found.sure(), found.count());
      assertThat(found.error()).isLessThanOrEqualTo(total / counters);
    }
    exact.forEach((hash, count) -> {
      if (count > total / counters) {
        assertThat(counted).containsKey(hash);
      }
    });
  }

  @Property(tries = 60)
  void countsOfAZipfStreamKeepThePapersBounds(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 20) int tenths,
      @ForAll @IntRange(min = 1, max = 20_000) int length) {
    SpaceSaving counters = new SpaceSaving(COUNTERS);
    Map<Long, Long> exact = countBoth(counters, seed, tenths / 10.0, length);
    assertBounds(Summary.merged(List.of(counters.summary())), exact, length, COUNTERS);
  }

  @Property(tries = 40)
  void theSumOfSeveralStreamsKeepsThemToo(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int loops) {
    List<Summary> summaries = new ArrayList<>();
    Map<Long, Long> exact = new HashMap<>();
    long total = 0;
    for (int loop = 0; loop < loops; loop++) {
      SpaceSaving counters = new SpaceSaving(COUNTERS);
      int length = 1_000 * (loop + 1);
      countBoth(counters, seed + loop, 1.1, length)
          .forEach((hash, count) -> exact.merge(hash, count, Long::sum));
      summaries.add(counters.summary());
      total += length;
    }
    assertBounds(Summary.merged(summaries), exact, total, COUNTERS);
  }

  @Test
  void fewHashesAreCountedExactly() {
    SpaceSaving counters = new SpaceSaving(COUNTERS);
    Map<Long, Long> exact = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      long hash = i % COUNTERS & i % 7;
      counters.count(hash);
      exact.merge(hash, 1L, Long::sum);
    }
    Map<Long, Counted> counted = Summary.merged(List.of(counters.summary()));
    assertThat(counted).hasSameSizeAs(exact);
    exact.forEach(
        (hash, count) -> assertThat(counted.get(hash)).isEqualTo(new Counted(hash, count, 0)));
  }

  @Test
  void hashesThatShareAPlaceOfTheIndexAreToldApart() {
    SpaceSaving counters = new SpaceSaving(4);
    for (int round = 0; round < 100; round++) {
      for (long high = 0; high < 8; high++) {
        counters.count(high << 60 | 15);
      }
      counters.count(15);
      counters.count(15);
    }
    Counted hot = Objects.requireNonNull(Summary.merged(List.of(counters.summary())).get(15L));
    assertThat(300L).isBetween(hot.sure(), hot.count());
  }

  @Test
  void aClearedOneStartsAnew() {
    SpaceSaving counters = new SpaceSaving(4);
    for (long hash = 0; hash < 100; hash++) {
      counters.count(hash);
    }
    counters.clear();
    counters.count(7);
    assertThat(Summary.merged(List.of(counters.summary())))
        .containsOnly(Map.entry(7L, new Counted(7, 1, 0)));
    assertThat(counters.summary().total()).isEqualTo(1);
  }

  @Test
  void aSummaryDoesNotChangeWithItsCounters() {
    SpaceSaving counters = new SpaceSaving(4);
    counters.count(1);
    Summary summary = counters.summary();
    counters.count(1);
    counters.count(2);
    assertThat(Summary.merged(List.of(summary))).containsOnly(Map.entry(1L, new Counted(1, 1, 0)));
  }

  @Test
  void numbersOfCountersThatTheIndexCannotHoldAreRefused() {
    for (int counters : new int[] {0, 3, 100, 8192}) {
      assertThatThrownBy(() -> new SpaceSaving(counters))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
