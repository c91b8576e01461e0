package dev.ringmaster.gateway.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples of RFC 9110, 5.6.7 and 10.2.3.
class HttpDateTest {
  private static final long NOW_MS = Instant.parse("1994-11-06T08:49:00Z").toEpochMilli();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void allThreeFormsAreRead(String text) {
    assertThat(HttpDate.parse(text, NOW_MS))
        .isEqualTo(Instant.parse("1994-11-06T08:49:37Z").toEpochMilli());
    assertThat(HttpDate.retryAfterMs(text, NOW_MS)).isEqualTo(37_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "-1",
        "1.5",
        "1994-11-06T08:49:37Z",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 6 Nov 1994 08:49:37 GMT"
      })
  void whatIsNoDateIsNone(String text) {
    assertThat(HttpDate.parse(text, NOW_MS)).isEqualTo(HttpDate.NONE);
    assertThat(HttpDate.retryAfterMs(text, NOW_MS)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7000", "120, 120000", "99999999999999999999, 2147483647000"})
  void secondsAreRead(String text, long ms) {
    assertThat(HttpDate.retryAfterMs(text, NOW_MS)).isEqualTo(ms);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
      })
  void everyMonthIsKnown(String month) {
    assertThat(HttpDate.parse("10-" + month, NOW_MS)).isEqualTo(HttpDate.NONE);
    long found = 0;
    for (String day : new String[] {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}) {
      found += HttpDate.parse(day + ", 10 " + month + " 2026 00:00:00 GMT", NOW_MS) > 0 ? 1 : 0;
    }
    assertThat(found).as("one weekday is right").isEqualTo(1);
  }

  @Test
  void aDateThatHasPassedIsNow() {
    assertThat(HttpDate.retryAfterMs("Sun, 06 Nov 1994 08:00:00 GMT", NOW_MS)).isZero();
  }

  @Test
  void aYearOfTwoDigitsIsOfTheCenturyAroundNow() {
    long year2026 = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();
    assertThat(HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT", year2026))
        .isEqualTo(Instant.parse("1994-11-06T08:49:37Z").toEpochMilli());
    assertThat(HttpDate.parse("Tuesday, 24-Nov-26 10:00:00 GMT", year2026))
        .isEqualTo(Instant.parse("2026-11-24T10:00:00Z").toEpochMilli());
  }
}
