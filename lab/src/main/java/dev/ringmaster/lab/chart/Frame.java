package dev.ringmaster.lab.chart;

import java.util.List;

/// The plot area of a chart with its axes, and where the legend stands above it.
///
/// @param left pixels left of the plot area, for the labels of the y axis
/// @param height of the whole picture
record Frame(double left, double height) {
  static final double WIDTH = 720;
  private static final double RIGHT = 20;
  private static final double TOP = 34;
  private static final double BOTTOM = 44;
  private static final double LEGEND_STEP = 16;
  private static final double LETTER = 6.4;

  double x0() {
    return left;
  }

  double x1() {
    return WIDTH - RIGHT;
  }

  double y0() {
    return height - BOTTOM;
  }

  double y1() {
    return TOP;
  }

  /// The y axis with its grid and label.
  void yAxis(Svg svg, Scale y, String label) {
    for (double tick : y.ticks()) {
      svg.line("grid", new Point(x0(), y.at(tick)), new Point(x1(), y.at(tick)));
      svg.text("tick end", new Point(x0() - 6, y.at(tick) + 4), Scale.label(tick));
    }
    svg.upright("label middle", new Point(14, (y0() + y1()) / 2), label);
  }

  /// The x axis with its ticks and label.
  void xAxis(Svg svg, Scale x, String label) {
    baseline(svg, label);
    for (double tick : x.ticks()) {
      svg.line("axis", new Point(x.at(tick), y0()), new Point(x.at(tick), y0() + 4));
      svg.text("tick middle", new Point(x.at(tick), y0() + 17), Scale.label(tick));
    }
  }

  /// The x axis without ticks.
  void baseline(Svg svg, String label) {
    svg.line("axis", new Point(x0(), y0()), new Point(x1(), y0()));
    svg.text("label middle", new Point((x0() + x1()) / 2, height - 8), label);
  }

  /// The legend, one entry a series, in the order of their colours.
  ///
  /// @param entries style of the sign, then its text
  void legend(Svg svg, List<Entry> entries) {
    double x = x0();
    for (Entry entry : entries) {
      double y = TOP - LEGEND_STEP;
      if (entry.style().contains("dot")) {
        svg.circle(entry.style(), new Point(x + 8, y), 4, "");
      } else if (entry.style().contains("line")) {
        svg.line(entry.style(), new Point(x, y), new Point(x + 18, y));
      } else {
        svg.rect(entry.style(), new Point(x, y - 5), new Point(x + 18, y + 5), "");
      }
      svg.text("legend start", new Point(x + 23, y + 4), entry.text());
      x += 23 + LEGEND_STEP + entry.text().length() * LETTER;
    }
  }

  /// One line of a legend.
  record Entry(String style, String text) {}
}
