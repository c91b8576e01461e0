package dev.ringmaster.gateway.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of the access log as JSON. Whatever a client sent stands in it as a JSON string with
/// every control character, quote and byte above ASCII escaped, so that it can neither end the
/// line nor the string.
///
///     {"time":"2026-01-02T03:04:05.678Z","client":"127.0.0.1","method":"GET","target":"/home",
///      "status":200,"replica":"S1","seat":0,"tries":1,"duration_us":512,"connect_us":0,
///      "first_byte_us":480,"bytes_in":0,"bytes_out":58}
final class LineText {
  private static final int MICRO = 1_000;
  private static final char FIRST_PRINTABLE = ' ';
  private static final char LAST_PRINTABLE = '~';

  private LineText() {}

  static void write(Line line, StringBuilder to) {
    to.append("{\"time\":\"").append(Instant.ofEpochMilli(line.startedMs())).append('"');
    text(to, "client", line.client());
    text(to, "method", line.method());
    text(to, "target", line.target());
    number(to, "status", line.status());
    text(to, "replica", line.replica());
    number(to, "seat", line.seat());
    number(to, "tries", line.tries());
    number(to, "duration_us", line.durationNs() / MICRO);
    number(to, "connect_us", line.connectNs() / MICRO);
    number(to, "first_byte_us", line.firstByteNs() / MICRO);
    number(to, "bytes_in", line.bytesIn());
    number(to, "bytes_out", line.bytesOut());
    if (line.note() != null) {
      text(to, "note", line.note());
    }
    to.append("}\n");
  }

  private static void number(StringBuilder to, String name, long value) {
    to.append(",\"").append(name).append("\":").append(value);
  }

  private static void text(StringBuilder to, String name, @Nullable String value) {
    to.append(",\"").append(name).append("\":");
    if (value == null) {
      to.append("null");
      return;
    }
    to.append('"');
    for (int i = 0; i < value.length(); i++) {
      character(to, value.charAt(i));
    }
    to.append('"');
  }

  private static void character(StringBuilder to, char c) {
    if (c == '"' || c == '\\') {
      to.append('\\').append(c);
    } else if (c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE) {
      to.append(c);
    } else {
      to.append("\\u").append(String.format("%04x", (int) c));
    }
  }
}
