package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How 10,000 requests with random keys spread over three replicas.
class ClassicSchemeIT {
  private static final int REQUESTS = 10_000;

  @TempDir Path directory;

  @Test
  void theClassicSchemeGivesTheLoadsThatItsPolynomialsGive() throws Exception {
    Map<String, Integer> loads = loads("--scheme", "classic");
    expect(loads, "1", 432 / 512.0);
    expect(loads, "2", 24 / 512.0);
    expect(loads, "3", 56 / 512.0);
  }

  @Test
  void theDefaultSchemeSpreadsAsEvenlyAsChanceAllows() throws Exception {
    Map<String, Integer> loads = loads();
    assertThat(loads).hasSize(3);
    double mean = REQUESTS / 3.0;
    double chiSquare =
        loads.values().stream().mapToDouble(load -> Math.pow(load - mean, 2) / mean).sum();
    // Two degrees of freedom: e^(-24/2), once in 160,000 runs.
    assertThat(chiSquare).isLessThan(24);
  }

  /// Within five standard deviations of a binomial count.
  private static void expect(Map<String, Integer> loads, String id, double share) {
    double sigma = Math.sqrt(REQUESTS * share * (1 - share));
    String body = "{\"message\":\"Hello from Server: " + id + "\",\"status\":\"successful\"}";
    assertThat((double) loads.get(body)).isCloseTo(REQUESTS * share, within(5 * sigma));
  }

  private Map<String, Integer> loads(String... flags) throws Exception {
    try (RunningRingmaster ringmaster = RunningRingmaster.start(directory, flags);
        Storm storm = Storm.begin(ringmaster.traffic().resolve("/home"), REQUESTS, 20)) {
      assertThat(storm.end()).isEqualTo(Map.of("200", REQUESTS));
      return storm.bodies();
    }
  }
}
