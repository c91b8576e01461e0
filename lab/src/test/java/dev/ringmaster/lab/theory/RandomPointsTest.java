package dev.ringmaster.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomPointsTest {

  @Test
  void nineRandomPointsOn512SlotsSpreadAsTheContractSays() {
    assertThat(spread(9)).isCloseTo(746, within(746 * 0.05));
  }

  @Test
  void hundredRandomPointsOn512SlotsSpreadAsTheContractSays() {
    assertThat(spread(100)).isCloseTo(145, within(145 * 0.05));
  }

  @Test
  void slotsThatAreAllTakenLeaveNoGaps() {
    RandomPoints.Ring full = new RandomPoints.Ring(30, 3, 10, 3000);
    assertThat(RandomPoints.slottedSpread(full, 20, new SplittableRandom(1))).isZero();
  }

  @Test
  void morePointsSpreadLess() {
    assertThat(RandomPoints.shareDeviation(3, 160)).isLessThan(RandomPoints.shareDeviation(3, 9));
    assertThat(RandomPoints.shareDeviation(1, 9)).isZero();
  }

  @Test
  void aRingWithMorePointsThanSlotsIsRefused() {
    assertThatThrownBy(() -> new RandomPoints.Ring(512, 6, 100, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512");
  }

  @Test
  void samplingNoiseIsTheBinomialDeviation() {
    assertThat(BallsInBins.noise(10_000, 3)).isCloseTo(47.14, within(0.01));
    assertThat(BallsInBins.sigma(10_000, 0.5)).isCloseTo(50, within(1e-9));
    assertThat(BallsInBins.sigma(10_000, 0)).isZero();
    assertThat(BallsInBins.spread(10_000, 1.0 / 3, 1.0 / 3, 1.0 / 3))
        .isCloseTo(BallsInBins.noise(10_000, 3), within(1e-6));
    assertThat(BallsInBins.spread(10_000, 1, 0)).isCloseTo(5000, within(1e-6));
  }

  private static double spread(int points) {
    RandomPoints.Ring ring = new RandomPoints.Ring(512, 3, points, 10_000);
    return RandomPoints.slottedSpread(ring, 4000, new SplittableRandom(1));
  }
}
