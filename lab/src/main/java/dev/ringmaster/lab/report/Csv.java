package dev.ringmaster.lab.report;

import java.util.List;
import java.util.stream.Collectors;

/// Comma-separated values (RFC 4180), lines ended by CR LF.
final class Csv {
  private static final String END = "\r\n";

  private Csv() {}

  /// A header and rows; numbers in plain decimal notation with a point.
  static String of(List<String> header, List<List<Object>> rows) {
    StringBuilder text = new StringBuilder(line(header));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<?> fields) {
    return fields.stream().map(Csv::field).collect(Collectors.joining(",")) + END;
  }

  /// Quoted if it holds a comma, a quote or a line end. A text that a spreadsheet would take for a
  /// formula gets an apostrophe before it; numbers are left as they are.
  private static String field(Object value) {
    String text = String.valueOf(value);
    if (!(value instanceof Number) && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
