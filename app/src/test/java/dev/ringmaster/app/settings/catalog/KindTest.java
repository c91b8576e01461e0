package dev.ringmaster.app.settings.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {
  private static final Kind<Duration> TIME =
      Kind.duration(Duration.ofMillis(1), Duration.ofHours(1));

  @ParameterizedTest
  @CsvSource({"250ms,250", "2s,2000", "1m,60000", "1h,3600000"})
  void aTimeHasItsUnit(String text, long millis) {
    assertThat(TIME.parser().apply(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "s", "2 s", "-1s", "1.5s", "1d", "0ms", "2h", "99999999999s"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TIME.parser().apply(text));
  }

  @Test
  void aTimeSaysItsLimits() {
    assertThat(TIME.expected()).isEqualTo("a time from 1ms to 1h, such as 250ms, 2s or 1m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "8", "1.5", "x", "", " 3", "99999999999"})
  void whatIsNoNumberInItsLimitsIsRefused(String text) {
    Kind<Integer> kind = Kind.whole(1, 7);
    assertThatIllegalArgumentException().isThrownBy(() -> kind.parser().apply(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-0.1", "1.1", "Infinity", ""})
  void whatIsNoShareIsRefused(String text) {
    Kind<Double> kind = Kind.number(0, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> kind.parser().apply(text));
  }

  @Test
  void aListIsSplitAtCommas() {
    Kind<List<Integer>> kind = Kind.list(Kind.whole(0, 9), "digits", 2, 3);
    assertThat(kind.parser().apply("1, 2,3")).containsExactly(1, 2, 3);
    assertThatIllegalArgumentException().isThrownBy(() -> kind.parser().apply("1"));
    assertThatIllegalArgumentException().isThrownBy(() -> kind.parser().apply("1,2,3,4"));
    assertThatIllegalArgumentException().isThrownBy(() -> kind.parser().apply("1,,2"));
  }
}
