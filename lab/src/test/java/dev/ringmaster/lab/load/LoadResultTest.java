package dev.ringmaster.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadResultTest {
  private static final long MS = 1_000_000;

  @Test
  void latenciesAreTheirPercentilesInMilliseconds() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      samples.add(new Sample(0, i * MS, 200, "1", null));
    }
    Latency latency = new LoadResult(samples, 0, 1000 * MS).latency();
    assertThat(latency.p50Ms()).isCloseTo(500, within(1.0));
    assertThat(latency.p99Ms()).isCloseTo(990, within(2.0));
    assertThat(latency.maxMs()).isCloseTo(1000, within(2.0));
    assertThat(latency.meanMs()).isCloseTo(500.5, within(1.0));
  }

  @Test
  void idsStandInTheOrderOfTheirNumbers() {
    List<Sample> samples =
        List.of(sample("10"), sample("2"), sample("1"), sample("2"), sample("web-a"));
    LoadResult result = new LoadResult(samples, 0, MS);
    assertThat(result.byServer().keySet()).containsExactly("1", "2", "10", "web-a");
    assertThat(result.byServer()).containsEntry("2", 2L);
  }

  @Test
  void theRateIsAllRequestsOverTheWholeTime() {
    LoadResult result = new LoadResult(List.of(sample("1"), sample("1")), 0, 500 * MS);
    assertThat(result.perSecond()).isCloseTo(4, within(1e-9));
  }

  private static Sample sample(String server) {
    return new Sample(0, MS, 200, server, null);
  }
}
