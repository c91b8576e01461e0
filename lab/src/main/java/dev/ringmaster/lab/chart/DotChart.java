package dev.ringmaster.lab.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// One row a subject, on it one dot for each of its figures, along a logarithmic axis.
///
/// @param title what the chart shows
/// @param xLabel what runs along the axis, with its unit
/// @param figures the names of the figures, in the order of the rows' values
/// @param rows from top to bottom
public record DotChart(String title, String xLabel, List<String> figures, List<Row> rows) {
  private static final double ROW = 22;
  private static final double EDGES = 78;
  private static final double LEFT = 190;

  /// One subject; a figure that it does not have is NaN.
  public record Row(String label, List<Double> values) {}

  /// The chart as one `svg` element.
  public String svg() {
    Frame frame = new Frame(LEFT, EDGES + ROW * rows.size());
    Svg svg = new Svg(Frame.WIDTH, frame.height(), title);
    double[] all = values().toArray();
    double least = DoubleStream.of(all).min().orElse(1);
    double most = DoubleStream.of(all).max().orElse(10);
    Scale x = Scale.Log.over(least, most, frame.x0() + 8, frame.x1() - 8);
    frame.xAxis(svg, x, xLabel);
    for (double tick : x.ticks()) {
      svg.line("grid", new Point(x.at(tick), frame.y0()), new Point(x.at(tick), frame.y1()));
    }
    for (int i = 0; i < rows.size(); i++) {
      draw(svg, x, rows.get(i), frame.y1() + ROW * (i + 0.5));
    }
    List<Frame.Entry> legend = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      legend.add(new Frame.Entry("dot c" + i, figures.get(i)));
    }
    frame.legend(svg, legend);
    return svg.end();
  }

  /// What can stand on the axis.
  private DoubleStream values() {
    return rows.stream()
        .flatMap(row -> row.values.stream())
        .mapToDouble(Double::doubleValue)
        .filter(value -> value > 0 && Double.isFinite(value));
  }

  private void draw(Svg svg, Scale x, Row row, double y) {
    svg.text("tick end", new Point(LEFT - 10, y + 4), row.label);
    svg.line("grid", new Point(LEFT, y), new Point(Frame.WIDTH - 20, y));
    for (int i = 0; i < row.values.size(); i++) {
      double value = row.values.get(i);
      if (Double.isFinite(value) && value > 0) {
        String tip =
            "%s, %s: %s".formatted(row.label, figures.get(i), Scale.label(Math.rint(value)));
        svg.circle("dot c" + i, new Point(x.at(value), y + (i - 1) * 3), 4, tip);
      }
    }
  }
}
