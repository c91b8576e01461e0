package dev.ringmaster.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {
  private static final String NASTY = "<script>alert('x')</script> & \"more\"";

  @Test
  void aBarIsAsHighAsItsValue() throws Exception {
    String svg =
        new BarChart(
                "A-1",
                "replica",
                "requests",
                List.of(new BarChart.Bar("1", 1000, 900, 50), new BarChart.Bar("2", 500, 500, 0)),
                "expected")
            .svg();
    List<Element> bars = byClass(parse(svg), "rect", "bar c0");
    assertThat(bars).as("two bars and the legend").hasSize(3);
    double high = Double.parseDouble(bars.get(0).getAttribute("height"));
    double low = Double.parseDouble(bars.get(1).getAttribute("height"));
    assertThat(high / low).isBetween(1.99, 2.01);
  }

  @Test
  void everyTextThatComesInIsEscaped() throws Exception {
    String bars =
        new BarChart(NASTY, NASTY, NASTY, List.of(new BarChart.Bar(NASTY, 1, 1, 0)), NASTY).svg();
    String lines =
        new LineChart(
                NASTY,
                NASTY,
                NASTY,
                List.of(series(NASTY, LineChart.Drawn.LINE)),
                new LineChart.Look(300, false, List.of(new LineChart.Mark(1, NASTY))))
            .svg();
    String dots =
        new DotChart(NASTY, NASTY, List.of(NASTY), List.of(new DotChart.Row(NASTY, List.of(5.0))))
            .svg();
    for (String svg : List.of(bars, lines, dots)) {
      assertThat(parse(svg).getElementsByTagName("script").getLength()).isZero();
      assertThat(svg).doesNotContain("<script");
    }
  }

  @Test
  void aStepLineKeepsItsValueUntilTheNextPoint() {
    String straight = line(LineChart.Drawn.DASHED);
    String steps = line(LineChart.Drawn.STEP);
    assertThat(points(steps)).isEqualTo(2 * points(straight) - 1);
  }

  @Test
  void aBandIsDrawnWhereThereIsOne() throws Exception {
    LineChart.Series plain = series("plain", LineChart.Drawn.LINE);
    LineChart.Series banded =
        new LineChart.Series(
            "banded",
            1,
            LineChart.Drawn.LINE,
            List.of(new LineChart.Value(2, 5, 4, 6, 3, 7), new LineChart.Value(3, 5, 4, 6, 3, 7)));
    String svg = new LineChart("t", "x", "y", List.of(plain, banded), LineChart.Look.PLAIN).svg();
    assertThat(byClass(parse(svg), "path", "area c0")).isEmpty();
    assertThat(byClass(parse(svg), "path", "area c1")).hasSize(1);
    assertThat(byClass(parse(svg), "line", "line thin c1")).as("whiskers").hasSize(6);
  }

  @Test
  void aFigureThatIsNotThereHasNoDot() throws Exception {
    String svg =
        new DotChart(
                "t",
                "x",
                List.of("a", "b"),
                List.of(new DotChart.Row("r", List.of(5.0, Double.NaN))))
            .svg();
    assertThat(byClass(parse(svg), "circle", "dot c0")).as("dot and legend").hasSize(2);
    assertThat(byClass(parse(svg), "circle", "dot c1")).as("legend alone").hasSize(1);
  }

  @Test
  void chartsOfNothingAreStillPictures() throws Exception {
    parse(new BarChart("t", "x", "y", List.of(), "e").svg());
    parse(new LineChart("t", "x", "y", List.of(), LineChart.Look.PLAIN).svg());
    parse(new LineChart("t", "x", "y", List.of(), new LineChart.Look(300, true, List.of())).svg());
    parse(new DotChart("t", "x", List.of(), List.of()).svg());
  }

  @Test
  void controlCharactersDoNotReachThePage() {
    assertThat(Xml.escape("a\0b\u0007c\nd")).isEqualTo("a\uFFFDb\uFFFDc\nd");
    assertThat(Xml.escape("<&>\"'")).isEqualTo("&lt;&amp;&gt;&quot;&#39;");
  }

  private static LineChart.Series series(String name, LineChart.Drawn drawn) {
    return new LineChart.Series(
        name,
        0,
        drawn,
        List.of(LineChart.Value.of(1, 10), LineChart.Value.of(2, 20), LineChart.Value.of(3, 15)));
  }

  private static String line(LineChart.Drawn drawn) {
    return new LineChart("t", "x", "y", List.of(series("s", drawn)), LineChart.Look.PLAIN).svg();
  }

  private static int points(String svg) {
    String path = svg.substring(svg.indexOf(" d=\""), svg.indexOf("\"/>", svg.indexOf(" d=\"")));
    return (int) path.chars().filter(c -> c == 'L' || c == 'M').count();
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> byClass(Document document, String tag, String style) {
    List<Element> found = new java.util.ArrayList<>();
    var all = document.getElementsByTagName(tag);
    for (int i = 0; i < all.getLength(); i++) {
      if (all.item(i) instanceof Element element && element.getAttribute("class").equals(style)) {
        found.add(element);
      }
    }
    return found;
  }
}
