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
    String box = px(width) + " " + px(height);
    out.append("<svg viewBox=\"0 0 ").append(box).append("\" role=\"img\"");
    out.append(" xmlns=\"http://www.w3.org/2000/svg\">");
    out.append("<title>").append(Xml.escape(title)).append("</title>\n");
  }

  /// Ends the picture.
  String end() {
    return out.append("</svg>\n").toString();
  }

  void line(String style, Point from, Point to) {
    begin("line", style);
    attribute("x1", from.x());
    attribute("y1", from.y());
    attribute("x2", to.x());
    attribute("y2", to.y());
    out.append("/>\n");
  }

  /// A rectangle between two corners, with a tip shown on hovering.
  void rect(String style, Point corner, Point opposite, String tip) {
    begin("rect", style);
    attribute("x", Math.min(corner.x(), opposite.x()));
    attribute("y", Math.min(corner.y(), opposite.y()));
    attribute("width", Math.abs(opposite.x() - corner.x()));
    attribute("height", Math.abs(opposite.y() - corner.y()));
    out.append('>').append(tip(tip)).append("</rect>\n");
  }

  void circle(String style, Point centre, double radius, String tip) {
    begin("circle", style);
    attribute("cx", centre.x());
    attribute("cy", centre.y());
    attribute("r", radius);
    out.append('>').append(tip(tip)).append("</circle>\n");
  }

  /// A line through points, or an area if the style fills it.
  void path(String style, Iterable<Point> points) {
    begin("path", style);
    out.append(" d=\"");
    char step = 'M';
    for (Point point : points) {
      out.append(step).append(px(point.x())).append(' ').append(px(point.y()));
      step = 'L';
    }
    out.append("\"/>\n");
  }

  /// Text whose `style` also says its anchor: `start`, `middle` or `end`.
  void text(String style, Point at, String text) {
    begin("text", style);
    attribute("x", at.x());
    attribute("y", at.y());
    out.append('>').append(Xml.escape(text)).append("</text>\n");
  }

  /// Text read from below to above.
  void upright(String style, Point at, String text) {
    begin("text", style);
    out.append(" transform=\"translate(").append(px(at.x())).append(' ').append(px(at.y()));
    out.append(") rotate(-90)\">").append(Xml.escape(text)).append("</text>\n");
  }

  private void begin(String tag, String style) {
    out.append('<').append(tag).append(" class=\"").append(style).append('"');
  }

  private void attribute(String name, double value) {
    out.append(' ').append(name).append("=\"").append(px(value)).append('"');
  }

  private static String tip(String tip) {
    return tip.isEmpty() ? "" : "<title>" + Xml.escape(tip) + "</title>";
  }

  private static String px(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
