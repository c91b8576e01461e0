package dev.ringmaster.fleet.weight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowStartTest {

  @Test
  void theWeightGrowsInTenthsFromTheFirstToTheWhole() {
    long length = 1000;
    List<Double> steps = new ArrayList<>();
    long age = 0;
    while (age < length) {
      steps.add(SlowStart.warmth(age, length));
      age = SlowStart.nextStepNs(age, length);
    }
    assertThat(age).isEqualTo(length);
    assertThat(SlowStart.warmth(age, length)).isEqualTo(1);
    assertThat(steps).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
  }

  @Test
  void theNextStepIsWhereTheWarmthChangesWhateverTheLength() {
    for (long length : new long[] {1, 3, 7, 10, 11, 999, 86_400_000_000_000L}) {
      long age = 0;
      for (int steps = 0; age < length; steps++) {
        assertThat(steps).isLessThanOrEqualTo(10);
        long next = SlowStart.nextStepNs(age, length);
        assertThat(next).isGreaterThan(age);
        assertThat(SlowStart.warmth(next, length)).isGreaterThan(SlowStart.warmth(age, length));
        age = next;
      }
    }
  }

  @Test
  void withoutALengthASeatIsWarmAtOnce() {
    assertThat(SlowStart.warmth(0, 0)).isEqualTo(1);
  }
}
