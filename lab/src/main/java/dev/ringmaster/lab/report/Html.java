package dev.ringmaster.lab.report;

import dev.ringmaster.lab.chart.Xml;
import java.util.List;

/// Builds the body of the page. All text is escaped; charts come as finished SVG.
final class Html {
  private final StringBuilder out = new StringBuilder();

  Html heading(String text, String anchor) {
    out.append("<h2 id=\"").append(Xml.escape(anchor)).append("\">");
    out.append(Xml.escape(text)).append("</h2>\n");
    return this;
  }

  Html smallHeading(String text) {
    out.append("<h3>").append(Xml.escape(text)).append("</h3>\n");
    return this;
  }

  Html paragraph(String text) {
    out.append("<p>").append(Xml.escape(text)).append("</p>\n");
    return this;
  }

  Html list(List<String> items) {
    out.append("<ul>\n");
    items.forEach(item -> out.append("<li>").append(Xml.escape(item)).append("</li>\n"));
    out.append("</ul>\n");
    return this;
  }

  /// @param svg a chart, already markup
  Html figure(String svg, String caption) {
    out.append("<figure>\n").append(svg);
    out.append("<figcaption>").append(Xml.escape(caption)).append("</figcaption></figure>\n");
    return this;
  }

  /// A table; cells that are numbers stand to the right, `yes` and `no` as [Verdict] in colour.
  Html table(List<String> header, List<List<Object>> rows) {
    out.append("<div class=\"wide\"><table>\n<thead><tr>");
    header.forEach(name -> out.append("<th>").append(Xml.escape(name)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    for (List<Object> row : rows) {
      out.append("<tr>");
      row.forEach(this::cell);
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
    return this;
  }

  /// A word that says whether something is as it should be.
  record Verdict(boolean good, String word) {
    static Verdict of(boolean good) {
      return new Verdict(good, good ? "yes" : "no");
    }
  }

  /// A piece of code or data, shown in a fixed pitch and cut to a bearable length.
  record Code(String text) {
    private static final int SHOWN = 160;

    String shown() {
      return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
  }

  String text() {
    return out.toString();
  }

  private void cell(Object value) {
    switch (value) {
      case Verdict verdict -> {
        String style = verdict.good ? "good" : "bad";
        out.append("<td class=\"").append(style).append("\">");
        out.append(verdict.good ? "✓ " : "✗ ").append(Xml.escape(verdict.word)).append("</td>");
      }
      case Code code ->
          out.append("<td><code>").append(Xml.escape(code.shown())).append("</code></td>");
      case Number number ->
          out.append("<td class=\"number\">").append(Numbers.shown(number)).append("</td>");
      default -> out.append("<td>").append(Xml.escape(value.toString())).append("</td>");
    }
  }
}
