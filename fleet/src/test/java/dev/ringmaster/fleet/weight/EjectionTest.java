package dev.ringmaster.fleet.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EjectionTest {
  private static final long S = 1_000_000_000;
  private static final EjectionSettings RULE = EjectionSettings.DEFAULTS;

  @Test
  void eachEjectionInARowLastsLongerUpToTenTimes() {
    Ejection record = Ejection.NONE;
    long nowNs = 1000 * S;
    for (int times = 1; times <= 14; times++) {
      record = record.again(nowNs, RULE);
      assertThat(record.endNs() - nowNs).isEqualTo(30 * S * Math.min(times, 10));
      nowNs = record.endNs();
    }
  }

  @Test
  void timeSpentWellInTheTableIsForgiven() {
    Ejection twice = Ejection.NONE.again(0, RULE).again(30 * S, RULE);
    assertThat(twice.inARow()).isEqualTo(2);
    assertThat(twice.again(twice.endNs() + 29 * S, RULE).inARow()).isEqualTo(3);
    assertThat(twice.again(twice.endNs() + 30 * S, RULE).inARow()).isEqualTo(2);
    assertThat(twice.again(twice.endNs() + 3600 * S, RULE).inARow()).isEqualTo(1);
  }

  @Test
  void anEjectionThatEndsEarlyStillCounts() {
    Ejection early = Ejection.NONE.again(0, RULE).endedEarly(5 * S);
    assertThat(early).isEqualTo(new Ejection(1, 5 * S));
    assertThat(early.endedEarly(9 * S)).isEqualTo(early);
    assertThat(early.again(6 * S, RULE).endNs()).isEqualTo(66 * S);
  }

  @Test
  void oneIsAlwaysAllowedATenthAtMostAndNeverTheLast() {
    assertThat(RULE.allows(3, 0, 3)).isTrue();
    assertThat(RULE.allows(3, 1, 2)).isFalse();
    assertThat(RULE.allows(3, 0, 1)).isFalse();
    assertThat(RULE.allows(29, 1, 28)).isTrue();
    assertThat(RULE.allows(29, 2, 27)).isFalse();
    assertThat(new EjectionSettings(5, Duration.ofSeconds(1), 1).allows(3, 2, 1)).isFalse();
    assertThat(new EjectionSettings(5, Duration.ofSeconds(1), 0).allows(100, 1, 99)).isFalse();
    assertThat(new EjectionSettings(5, Duration.ofSeconds(1), 0).allows(100, 0, 100)).isTrue();
  }

  @Test
  void whatCannotBeIsRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new EjectionSettings(-1, second, 0.1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new EjectionSettings(5, Duration.ZERO, 0.1))
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> new EjectionSettings(5, second, 1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new EjectionSettings(5, second, Double.NaN))
        .hasMessageContaining("NaN");
  }
}
