package dev.ringmaster.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void aLinearScaleEndsOnWholeTicks() {
    Scale.Linear scale = Scale.Linear.over(0, 8437, 300, 0, 5);
    assertThat(scale.ticks()).containsExactly(0.0, 2000.0, 4000.0, 6000.0, 8000.0, 10_000.0);
    assertThat(scale.at(0)).isEqualTo(300);
    assertThat(scale.at(10_000)).isEqualTo(0);
    assertThat(scale.at(5000)).isEqualTo(150);
  }

  @Test
  void aLinearScaleMayBeginBelowZero() {
    Scale.Linear scale = Scale.Linear.over(-500, 1450, 0, 100, 10);
    assertThat(scale.ticks().getFirst()).isLessThanOrEqualTo(-500);
    assertThat(scale.ticks().getLast()).isGreaterThanOrEqualTo(1450);
    assertThat(scale.at(scale.low())).isZero();
  }

  @Test
  void aScaleOverNothingStillHasALength() {
    Scale.Linear scale = Scale.Linear.over(0, 0, 0, 100, 5);
    assertThat(scale.at(0)).isFinite();
    assertThat(scale.ticks()).hasSizeGreaterThan(1);
  }

  @Test
  void aLogScaleGivesEqualRatiosEqualLengths() {
    Scale.Log scale = Scale.Log.over(40, 3600, 0, 300);
    assertThat(scale.ticks()).containsExactly(10.0, 100.0, 1000.0, 10_000.0);
    assertThat(scale.at(100) - scale.at(10)).isCloseTo(100, within(1e-9));
    assertThat(scale.at(1000) - scale.at(100)).isCloseTo(100, within(1e-9));
  }

  @Test
  void whatALogScaleCannotShowStandsAtItsLowEnd() {
    Scale.Log scale = Scale.Log.over(10, 1000, 0, 300);
    assertThat(scale.at(0)).isZero();
    assertThat(scale.at(-5)).isZero();
    assertThat(scale.at(1)).isZero();
  }

  @Test
  void labelsSeparateThousandsAndDropZeros() {
    assertThat(Scale.label(12_000)).isEqualTo("12,000");
    assertThat(Scale.label(0.5)).isEqualTo("0.5");
    assertThat(Scale.label(0)).isEqualTo("0");
    assertThat(Scale.label(-500)).isEqualTo("-500");
  }
}
