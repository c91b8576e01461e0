package dev.ringmaster.lab.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Lines over a common x axis, each with a band about it if it has one.
///
/// @param title what the chart shows
/// @param xLabel what runs along the x axis, with its unit
/// @param yLabel what runs along the y axis, with its unit
/// @param series in the order of the legend
/// @param look how the axes are laid out
public record LineChart(
    String title, String xLabel, String yLabel, List<Series> series, Look look) {
  private static final int MOST_X_TICKS = 10;
  private static final double MARK_LINE = 14;

  /// A line at the highest value keeps clear of the legend.
  private static final double HEADROOM = 1.04;

  /// How the axes are laid out.
  ///
  /// @param height of the picture in pixels
  /// @param logY whether the y axis has equal ratios instead of equal steps
  /// @param marks upright lines with a word each
  public record Look(double height, boolean logY, List<Mark> marks) {
    /// A plain chart of usual height.
    public static final Look PLAIN = new Look(300, false, List.of());
  }

  /// An upright line at `x`.
  public record Mark(double x, String text) {}

  /// How a series is drawn.
  public enum Drawn {
    /// A line with dots.
    LINE,
    /// A broken line without dots: theory.
    DASHED,
    /// A line that keeps its value until the next point.
    STEP
  }

  /// One line.
  ///
  /// @param colour 0 to 3, of the page's palette
  public record Series(String name, int colour, Drawn drawn, List<Value> values) {}

  /// One point of a line; the band runs from `low` to `high`, the whiskers from `least` to `most`.
  public record Value(double x, double y, double low, double high, double least, double most) {
    /// A point without band and whiskers.
    public static Value of(double x, double y) {
      return new Value(x, y, y, y, y, y);
    }
  }

  /// The chart as one `svg` element.
  public String svg() {
    Frame frame = new Frame(70, look.height);
    Svg svg = new Svg(Frame.WIDTH, look.height, title);
    Scale x = xScale(frame);
    Scale y = yScale(frame);
    frame.yAxis(svg, y, yLabel);
    frame.xAxis(svg, x, xLabel);
    marks(svg, frame, x);
    series.forEach(one -> band(svg, x, y, one));
    series.forEach(one -> draw(svg, x, y, one));
    frame.legend(svg, series.stream().map(s -> new Frame.Entry(style(s), s.name)).toList());
    return svg.end();
  }

  /// Each mark's word stands a line below the one before it, so that near marks stay readable.
  private void marks(Svg svg, Frame frame, Scale x) {
    double y = frame.y1() + 8;
    for (Mark mark : look.marks) {
      double at = x.at(mark.x);
      svg.line("mark", new Point(at, frame.y0()), new Point(at, frame.y1()));
      svg.text("tick start", new Point(at + 4, y), mark.text);
      y += MARK_LINE;
    }
  }

  private Scale xScale(Frame frame) {
    double low = all().mapToDouble(Value::x).min().orElse(0);
    double high = all().mapToDouble(Value::x).max().orElse(1);
    long places = all().mapToDouble(Value::x).distinct().count();
    int ticks = Math.clamp(places - 1, 1, MOST_X_TICKS);
    return Scale.Linear.over(low, high, frame.x0(), frame.x1(), ticks);
  }

  private Scale yScale(Frame frame) {
    DoubleStream ends =
        all().flatMapToDouble(v -> DoubleStream.of(v.y, v.low, v.high, v.least, v.most));
    double[] values = ends.toArray();
    double most = DoubleStream.of(values).max().orElse(1);
    if (look.logY) {
      double least = DoubleStream.of(values).filter(v -> v > 0).min().orElse(1);
      return Scale.Log.over(least, Math.max(least, most), frame.y0(), frame.y1());
    }
    return Scale.Linear.over(0, most * HEADROOM, frame.y0(), frame.y1(), look.height < 200 ? 3 : 6);
  }

  private Stream<Value> all() {
    return series.stream().flatMap(one -> one.values.stream());
  }

  private static void band(Svg svg, Scale x, Scale y, Series series) {
    if (series.values.stream().allMatch(value -> value.low == value.high)) {
      return;
    }
    List<Point> edge = new ArrayList<>();
    series.values.forEach(value -> edge.add(new Point(x.at(value.x), y.at(value.high))));
    List<Point> below = new ArrayList<>();
    series.values.forEach(value -> below.add(new Point(x.at(value.x), y.at(value.low))));
    Collections.reverse(below);
    edge.addAll(below);
    svg.path("area c" + series.colour, edge);
  }

  private static void draw(Svg svg, Scale x, Scale y, Series series) {
    List<Point> line = new ArrayList<>();
    for (Value value : series.values) {
      Point point = new Point(x.at(value.x), y.at(value.y));
      if (series.drawn == Drawn.STEP && !line.isEmpty()) {
        line.add(new Point(point.x(), line.getLast().y()));
      }
      line.add(point);
      whisker(svg, x, y, series, value);
    }
    svg.path(style(series), line);
    if (series.drawn == Drawn.LINE) {
      for (Value value : series.values) {
        String tip = series.name + ": " + Scale.label(Math.rint(value.y * 100) / 100);
        svg.circle("dot c" + series.colour, new Point(x.at(value.x), y.at(value.y)), 3.5, tip);
      }
    }
  }

  private static void whisker(Svg svg, Scale x, Scale y, Series series, Value value) {
    if (value.least == value.most) {
      return;
    }
    double at = x.at(value.x) + (series.colour - 0.5) * 6;
    String style = "line thin c" + series.colour;
    svg.line(style, new Point(at, y.at(value.least)), new Point(at, y.at(value.most)));
    for (double end : new double[] {value.least, value.most}) {
      svg.line(style, new Point(at - 4, y.at(end)), new Point(at + 4, y.at(end)));
    }
  }

  private static String style(Series series) {
    return "line c" + series.colour + (series.drawn == Drawn.DASHED ? " dashed" : "");
  }
}
