package dev.ringmaster.console.queue.read;

import dev.ringmaster.console.answer.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// The time before which a message is not delivered: a moment (RFC 3339) or a time from now.
final class NotBefore {
  static final Duration MOST = Duration.ofDays(30);

  private NotBefore() {}

  /// Unix milliseconds.
  ///
  /// @param nowMs Unix milliseconds
  /// @throws IllegalArgumentException if it is none, or more than 30 days away
  static long parse(String name, String text, long nowMs) {
    long atMs = moment(name, text, nowMs);
    if (atMs - nowMs > MOST.toMillis()) {
      throw new IllegalArgumentException(
          name + ": expected at most " + MOST.toDays() + " days from now, found " + text);
    }
    return Math.max(atMs, 0);
  }

  private static long moment(String name, String text, long nowMs) {
    try {
      if (text.indexOf('T') > 0) {
        return Instant.parse(text).toEpochMilli();
      }
      return nowMs + Times.parse(text).toMillis();
    } catch (DateTimeParseException | IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          name
              + ": expected a moment such as 2026-12-24T08:00:00Z or a time from now such as 90s,"
              + " found '"
              + (text.length() > 63 ? text.substring(0, 63) + "…" : text)
              + "'",
          e);
    }
  }
}
