package dev.ringmaster.lab.chart;

import java.util.Locale;

/// Builds one SVG picture. Colours and fonts come from CSS classes: `axis`, `grid`, `mark`, `c0` to
/// `c3` for series, each with `line`, `area`, `dot` or `bar`.
final class Svg {
  private final StringBuilder out = new StringBuilder();

  /// Starts a picture that scales with its page.
  ///
  /// @param title what it shows, read out by screen readers
  Svg(double width, double height, String title) {
    out.append(
        format(
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">",
            width,
            height));
    out.append("<title>").append(Xml.escape(title)).append("</title>\n");
  }

  /// Ends the picture.
  String end() {
    return out.append("</svg>\n").toString();
  }

  void line(String style, Point from, Point to) {
    out.append(
        format(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            style,
            from.x(),
            from.y(),
            to.x(),
            to.y()));
  }

  /// A rectangle between two corners, with a tip shown on hovering.
  void rect(String style, Point corner, Point opposite, String tip) {
    out.append(
        format(
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">%s</rect>\n",
            style,
            Math.min(corner.x(), opposite.x()),
            Math.min(corner.y(), opposite.y()),
            Math.abs(opposite.x() - corner.x()),
            Math.abs(opposite.y() - corner.y()),
            tip(tip)));
  }

  void circle(String style, Point centre, double radius, String tip) {
    out.append(
        format(
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\">%s</circle>\n",
            style,
            centre.x(),
            centre.y(),
            radius,
            tip(tip)));
  }

  /// A line through points, or an area if the style fills it.
  void path(String style, Iterable<Point> points) {
    StringBuilder steps = new StringBuilder();
    for (Point point : points) {
      steps.append(
          format("%s%.1f %.1f", steps.isEmpty() ? "M" : "L", point.x(), point.y()));
    }
    out.append(format("<path class=\"%s\" d=\"%s\"/>\n", style, steps));
  }

  /// Text whose `style` also says its anchor: `start`, `middle` or `end`.
  void text(String style, Point at, String text) {
    out.append(
        format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
            style,
            at.x(),
            at.y(),
            Xml.escape(text)));
  }

  /// Text read from below to above.
  void upright(String style, Point at, String text) {
    out.append(
        format(
            "<text class=\"%s\" transform=\"translate(%.1f %.1f) rotate(-90)\">%s</text>\n",
            style,
            at.x(),
            at.y(),
            Xml.escape(text)));
  }

  private static String tip(String tip) {
    return tip.isEmpty() ? "" : "<title>" + Xml.escape(tip) + "</title>";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
