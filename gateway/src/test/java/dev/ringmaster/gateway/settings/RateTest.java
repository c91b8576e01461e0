package dev.ringmaster.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  @Test
  void theBurstIsTheCountUnlessItIsGiven() {
    assertThat(Rate.parse("100/s")).isEqualTo(new Rate(100, Duration.ofSeconds(1), 100));
    assertThat(Rate.parse("600/m burst 5")).isEqualTo(new Rate(600, Duration.ofMinutes(1), 5));
    assertThat(Rate.parse("1/h").intervalNs()).isEqualTo(Duration.ofHours(1).toNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"100/s", "600/m burst 5", "1/h", "1000000/s burst 1"})
  void itsTextReadsAsItself(String text) {
    assertThat(Rate.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "100", "100/d", "-1/s", "0/s", "1.5/s", "1/s burst 0", "1000001/s", "1/s,2"})
  void whatIsNoRateIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text));
  }
}
