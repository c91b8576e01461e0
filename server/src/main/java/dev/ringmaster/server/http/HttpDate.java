package dev.ringmaster.server.http;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// The value of the `Date` header (RFC 9110, section 5.6.7), made once a second. Written by hand:
/// loading the JDK's formatter costs a good part of this server's whole start.
final class HttpDate {
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private record Second(long epochSecond, String text) {}

  private static volatile Second last = new Second(-1, "");

  private HttpDate() {}

  /// The text for now.
  static String now() {
    long epochSecond = System.currentTimeMillis() / 1000;
    Second second = last;
    if (second.epochSecond() != epochSecond) {
      second = new Second(epochSecond, format(epochSecond));
      last = second;
    }
    return second.text();
  }

  static String format(long epochSecond) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(32);
    text.append(DAYS.get(time.getDayOfWeek().getValue() - 1)).append(", ");
    two(text, time.getDayOfMonth()).append(' ');
    text.append(MONTHS.get(time.getMonthValue() - 1)).append(' ').append(time.getYear());
    two(text.append(' '), time.getHour());
    two(text.append(':'), time.getMinute());
    return two(text.append(':'), time.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
