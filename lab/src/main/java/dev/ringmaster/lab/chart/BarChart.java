package dev.ringmaster.lab.chart;

import java.util.List;

/// Bars with, for each, what was expected and how far chance may carry it.
///
/// @param title what the chart shows
/// @param xLabel what the bars are
/// @param yLabel what their height is
/// @param bars from left to right
/// @param bandLabel what the band about the expectation is
public record BarChart(
    String title, String xLabel, String yLabel, List<Bar> bars, String bandLabel) {
  private static final double HEIGHT = 300;

  /// One bar.
  ///
  /// @param label below the bar
  /// @param value its height
  /// @param expected the height that theory gives
  /// @param band how far from `expected` chance may carry it, up and down
  public record Bar(String label, double value, double expected, double band) {}

  /// The chart as one `svg` element.
  public String svg() {
    Frame frame = new Frame(70, HEIGHT);
    Svg svg = new Svg(Frame.WIDTH, HEIGHT, title);
    double most =
        bars.stream().mapToDouble(b -> Math.max(b.value, b.expected + b.band)).max().orElse(1);
    Scale y = Scale.Linear.over(0, most, frame.y0(), frame.y1(), 5);
    frame.yAxis(svg, y, yLabel);
    double slot = (frame.x1() - frame.x0()) / Math.max(1, bars.size());
    for (int i = 0; i < bars.size(); i++) {
      draw(svg, y, bars.get(i), new Slot(frame.x0() + i * slot, slot, frame.y0()));
    }
    frame.baseline(svg, xLabel);
    frame.legend(
        svg,
        List.of(new Frame.Entry("bar c0", "measured"), new Frame.Entry("line theory", bandLabel)));
    return svg.end();
  }

  private record Slot(double x, double width, double floor) {}

  private static void draw(Svg svg, Scale y, Bar bar, Slot slot) {
    double middle = slot.x + slot.width / 2;
    double half = Math.min(slot.width * 0.32, 60);
    String value = Scale.label(Math.rint(bar.value));
    String tip =
        "%s: %s, expected %s".formatted(bar.label, value, Scale.label(Math.rint(bar.expected)));
    svg.rect(
        "bar c0",
        new Point(middle - half, y.at(bar.value)),
        new Point(middle + half, slot.floor),
        tip);
    double high = y.at(bar.expected + bar.band);
    double low = y.at(Math.max(0, bar.expected - bar.band));
    svg.line("line theory", new Point(middle, high), new Point(middle, low));
    for (double end : new double[] {high, low}) {
      svg.line("line theory", new Point(middle - 8, end), new Point(middle + 8, end));
    }
    double centre = y.at(bar.expected);
    svg.line("line theory", new Point(middle - half, centre), new Point(middle + half, centre));
    svg.text("value middle", new Point(middle, Math.min(high, y.at(bar.value)) - 5), value);
    svg.text("tick middle", new Point(middle, slot.floor + 17), bar.label);
  }
}
