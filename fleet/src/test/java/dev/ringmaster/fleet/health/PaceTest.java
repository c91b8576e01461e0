package dev.ringmaster.fleet.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.health.Pulse.Vital;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MS = 1_000_000;
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void aStartIsLookedForOftenAndThenLessOften() {
    assertThat(delayMs(Pulse.NEW, 0)).isEqualTo(10);
    assertThat(delayMs(Pulse.NEW, 1_000)).isEqualTo(50);
    assertThat(delayMs(Pulse.NEW, 60_000)).isEqualTo(250);
  }

  @Test
  void aSettledReplicaIsAskedAtTheIntervalWithJitter() {
    Pulse well = new Pulse(Vital.WELL, 0, 0, 0, false, "");
    long low = Long.MAX_VALUE;
    long high = 0;
    for (int i = 0; i < 1_000; i++) {
      long delay = delayMs(well, 0);
      low = Math.min(low, delay);
      high = Math.max(high, delay);
    }
    assertThat(low).isBetween(1_800L, 1_850L);
    assertThat(high).isBetween(2_150L, 2_200L);
  }

  @Test
  void doubtIsSettledFourTimesAsFast() {
    assertThat(delayMs(new Pulse(Vital.WELL, 1, 1, 0, false, ""), 0)).isBetween(450L, 550L);
    assertThat(delayMs(new Pulse(Vital.ILL, 0, 3, 0, false, ""), 0)).isBetween(450L, 550L);
  }

  private long delayMs(Pulse pulse, long ageMs) {
    return Pace.delayNs(pulse, HealthSettings.DEFAULTS, ageMs * MS, random) / MS;
  }
}
