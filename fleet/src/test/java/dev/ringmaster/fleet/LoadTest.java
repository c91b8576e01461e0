package dev.ringmaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadTest {

  @Test
  void aRowOfFailuresIsToldAtItsLimitAndAtEachMultiple() {
    Load load = new Load(3);
    assertThat(told(load, 7)).isEqualTo("..!..!.");
    assertThat(load.failuresInARow()).isEqualTo(7);
  }

  @Test
  void anAnswerBeginsTheCountAnew() {
    Load load = new Load(3);
    assertThat(told(load, 2)).isEqualTo("..");
    load.succeeded();
    assertThat(load.failuresInARow()).isZero();
    assertThat(told(load, 3)).isEqualTo("..!");
  }

  @Test
  void withoutALimitNothingIsCounted() {
    Load load = new Load();
    assertThat(told(load, 20)).doesNotContain("!");
    assertThat(load.failuresInARow()).isZero();
  }

  private static String told(Load load, int failures) {
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < failures; i++) {
      told.append(load.failed() ? '!' : '.');
    }
    return told.toString();
  }
}
