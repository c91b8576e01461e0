package dev.ringmaster.lab.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.ring.Balance;
import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

  @Test
  void itIsTheMiddleOfTheSortedValues() {
    assertThat(Median.of(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    assertThat(Median.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3);
    assertThat(Median.of(List.of(7.0))).isEqualTo(7);
    assertThat(Median.of(List.of())).isNaN();
  }

  @Test
  void aSpreadShowsTheNumbersOfItsBalance() {
    Spread spread = Spread.of(Balance.of(2, 4, 6));
    assertThat(spread.mean()).isEqualTo(4);
    assertThat(spread.standardDeviation()).isEqualTo(Math.sqrt(8 / 3.0));
    assertThat(spread.least()).isEqualTo(2);
    assertThat(spread.most()).isEqualTo(6);
    assertThat(spread.maxToMean()).isEqualTo(1.5);
  }
}
