package dev.ringmaster.gateway.http1;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/// Points in time as HTTP writes them (RFC 9110, 5.6.7), and what is said by them.
///
/// ```
/// Sun, 06 Nov 1994 08:49:37 GMT     the form that is sent
/// Sunday, 06-Nov-94 08:49:37 GMT    obsolete, read all the same; within 50 years
/// Sun Nov  6 08:49:37 1994          obsolete, read all the same
/// ```
public final class HttpDate {
  /// What [#parse] says of a text that is no date.
  public static final long NONE = -1;

  private static final DateTimeFormatter SENT = form("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
  private static final DateTimeFormatter ASCTIME = form("EEE MMM ppd HH:mm:ss yyyy");
  private static final int CENTURY = 100;
  private static final int MOST_AHEAD_YEARS = 50;
  private static final int MOST_DIGITS = 9;
  private static final long MS = 1_000;

  private HttpDate() {}

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US);
  }

  private static DateTimeFormatter shortYear(int nowYear) {
    int base = nowYear + MOST_AHEAD_YEARS - CENTURY + 1;
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, base)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.US);
  }

  /// Reads a date.
  ///
  /// @return Unix milliseconds; [#NONE] if it is none, or before 1970
  public static long parse(String text, long nowMs) {
    int year = LocalDateTime.ofEpochSecond(nowMs / MS, 0, ZoneOffset.UTC).getYear();
    for (DateTimeFormatter form : List.of(SENT, shortYear(year), ASCTIME)) {
      long ms = parse(text, form);
      if (ms != NONE) {
        return ms;
      }
    }
    return NONE;
  }

  private static long parse(String text, DateTimeFormatter form) {
    try {
      long ms = LocalDateTime.parse(text, form).toEpochSecond(ZoneOffset.UTC) * MS;
      return Math.max(ms, NONE);
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  /// How long a Retry-After asks to wait (RFC 9110, 10.2.3): seconds, or until a date.
  ///
  /// @return milliseconds, 0 for a date that has passed; -1 if it says nothing of the kind
  public static long retryAfterMs(String text, long nowMs) {
    if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return text.length() > MOST_DIGITS ? Integer.MAX_VALUE * MS : Long.parseLong(text) * MS;
    }
    long at = parse(text, nowMs);
    return at == NONE ? -1 : Math.max(0, at - nowMs);
  }
}
