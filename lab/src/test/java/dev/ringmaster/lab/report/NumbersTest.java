package dev.ringmaster.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void numbersAreAsLongAsPeopleReadThem() {
    assertThat(Numbers.shown(10_000)).isEqualTo("10,000");
    assertThat(Numbers.shown(12_345.6)).isEqualTo("12,346");
    assertThat(Numbers.shown(345.67)).isEqualTo("346");
    assertThat(Numbers.shown(47.14)).isEqualTo("47.1");
    assertThat(Numbers.shown(0.5)).isEqualTo("0.500");
    assertThat(Numbers.shown(1.2e-9)).isEqualTo("1.2e-09");
    assertThat(Numbers.shown(0)).isEqualTo("0");
  }

  @Test
  void whatIsNoNumberIsADash() {
    assertThat(Numbers.shown(Double.NaN)).isEqualTo("–");
    assertThat(Numbers.shown(Double.POSITIVE_INFINITY)).isEqualTo("–");
  }

  @Test
  void partsAreShownAsPercentages() {
    assertThat(Numbers.percent(1 / 6.0)).isEqualTo("16.67 %");
  }

  @Test
  void longCodeIsCut() {
    assertThat(new Html.Code("x".repeat(500)).shown()).hasSize(161).endsWith("…");
    assertThat(new Html.Code("short").shown()).isEqualTo("short");
  }
}
