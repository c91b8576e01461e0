package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTest {

  @Test
  void theMeasuresOfTheClassicLoads() {
    Balance balance = Balance.of(8437, 469, 1094);
    assertThat(balance.total()).isEqualTo(10_000);
    assertThat(balance.mean()).isEqualTo(3333.3, within(0.1));
    assertThat(balance.standardDeviation()).isEqualTo(3618, within(0.5));
    assertThat(balance.maxOverMean()).isEqualTo(2.53, within(0.005));
    assertThat(balance.chiSquare()).isEqualTo(11_779, within(1.0));
    assertThat(balance.pValue()).isEqualTo(0, within(1e-12));
  }

  @Test
  void equalLoadsAreInPerfectBalance() {
    Balance balance = Balance.of(5, 5, 5);
    assertThat(balance.standardDeviation()).isZero();
    assertThat(balance.maxOverMean()).isEqualTo(1);
    assertThat(balance.pValue()).isEqualTo(1);
  }

  @Test
  void oneSeatIsAlwaysInBalance() {
    assertThat(Balance.of(17).pValue()).isEqualTo(1);
    assertThat(Balance.of(0).maxOverMean()).isEqualTo(1);
  }

  @Test
  void expectationsFollowTheWeightsOfTheLiving() {
    Roster roster = Rosters.full(3).weighted(1, 0).weighted(2, Roster.FULL / 3);
    Balance balance = Balance.of(new Scheme.Seats().table(roster), 40_000, new SplittableRandom(1));
    assertThat(balance.expected()).containsExactly(30_000.0, 10_000.0);
    assertThat(balance.total()).isEqualTo(40_000);
    assertThat(balance.pValue()).isGreaterThan(0.001);
  }

  /// Table values of the distribution: x, degrees of freedom, upper tail.
  @ParameterizedTest
  @CsvSource({
    "3.841459, 1, 0.05",
    "6.634897, 1, 0.01",
    "0.0039321, 1, 0.95",
    "5.991465, 2, 0.05",
    "18.307038, 10, 0.05",
    "3.940299, 10, 0.95",
    "124.342113, 100, 0.05",
    "1074.679, 1000, 0.05"
  })
  void theTailOfChiSquareIsThatOfTheTables(double x, int degrees, double tail) {
    assertThat(ChiSquare.upperTail(x, degrees)).isEqualTo(tail, within(1e-5));
  }

  @Test
  void chiSquareOfZeroSurprisesNobody() {
    assertThat(ChiSquare.upperTail(0, 5)).isEqualTo(1);
  }

  @Test
  void loadsAndExpectationsMustMatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Balance(List.of(1L), List.of(1.0, 2.0)));
    assertThatIllegalArgumentException().isThrownBy(() -> Balance.of());
  }
}
