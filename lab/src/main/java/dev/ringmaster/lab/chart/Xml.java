package dev.ringmaster.lab.chart;

/// Text in HTML and SVG.
public final class Xml {
  private Xml() {}

  /// The text with all that markup could mistake for its own replaced; control characters, which
  /// neither may hold, become U+FFFD.
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        case '\n', '\t', '\r' -> safe.append(c);
        default -> safe.append(c < ' ' || c == 0x7f ? '\uFFFD' : c);
      }
    }
    return safe.toString();
  }
}
