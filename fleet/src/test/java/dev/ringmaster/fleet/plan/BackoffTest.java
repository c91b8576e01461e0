package dev.ringmaster.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long S = 1_000_000_000;

  @Test
  void theFirstReplacementComesAtOnceAndTheNextOnesDoubleToAMinute() {
    List<Long> delays = new ArrayList<>();
    Backoff backoff = Backoff.NONE;
    for (int i = 0; i < 10; i++) {
      backoff = backoff.afterLife(0);
      delays.add(backoff.delayNs() / S);
    }
    assertThat(delays).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void fiveMinutesOfServingClearTheRecord() {
    Backoff bad = new Backoff(5);
    assertThat(bad.afterLife(299 * S)).isEqualTo(bad);
    assertThat(bad.afterLife(300 * S)).isEqualTo(Backoff.NONE);
  }

  @Test
  void aLifeThatIsNotYoungAddsNothing() {
    assertThat(Backoff.NONE.afterLife(3 * S).delayNs()).isZero();
    assertThat(new Backoff(2).afterLife(2 * S).delayNs()).isEqualTo(2 * S);
  }
}
