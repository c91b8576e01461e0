package dev.ringmaster.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  @TempDir Path out;

  @Test
  void aReportIsAPageItsDataAndATableForEachExperiment() throws Exception {
    ReportFiles.prepare(out.resolve("new/deep"));
    ReportFiles.write(Found.all("java -jar x.jar"), out.resolve("new/deep"));
    try (Stream<Path> files = Files.list(out.resolve("new/deep"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "report.html",
              "report.json",
              "a1.csv",
              "a2.csv",
              "a3-endpoints.csv",
              "a3-kills.csv",
              "a3-timeline.csv",
              "a4-measured.csv",
              "a4-loads.csv",
              "a4-computed.csv",
              "a4-movement.csv");
    }
  }

  @Test
  void theDataHoldsWhatWasFound() throws Exception {
    ReportFiles.write(Found.all("java"), out);
    JsonNode data = new ObjectMapper().readTree(out.resolve("report.json").toFile());
    assertThat(data.at("/A-1/0/replicas/0/requests").asLong()).isEqualTo(3333);
    assertThat(data.at("/A-2").size()).isEqualTo(10);
    assertThat(data.at("/A-3/kills/0/healedMs").asDouble()).isEqualTo(240);
    assertThat(data.at("/A-4/moved/0/needless").asDouble()).isZero();
    assertThat(data.at("/environment/processors").asInt()).isEqualTo(2);
  }

  @Test
  void thePageNeedsNothingFromElsewhere() throws Exception {
    String page = page(Found.all("java"));
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("src=")
        .doesNotContain("<link")
        .doesNotContain("@import")
        .doesNotContain("url(");
  }

  @Test
  void nothingThatAProgramSaysBecomesMarkup() throws Exception {
    String page = page(Found.all(Found.NASTY));
    assertThat(page).doesNotContain("<script").contains("&lt;script");
  }

  @Test
  void everyExperimentHasItsChartAndSection() throws Exception {
    String page = page(Found.all("java"));
    for (String anchor : List.of("a1", "a2", "a3", "a4", "environment")) {
      assertThat(page).contains("<h2 id=\"" + anchor + "\">");
    }
    assertThat(page.split("<svg ", -1).length - 1).isEqualTo(2 + 2 + 2 * 2 + 2);
    assertThat(page).contains("prefers-color-scheme: dark").contains("@media print");
  }

  @Test
  void anExperimentThatWasNotAskedForIsNotInTheReport() throws Exception {
    String page = page(Found.handledOnly());
    assertThat(page).contains("id=\"a1\"").doesNotContain("id=\"a2\"").doesNotContain("id=\"a3\"");
    assertThat(Files.exists(out.resolve("a2.csv"))).isFalse();
    assertThat(Files.exists(out.resolve("a4-measured.csv"))).isFalse();
  }

  @Test
  void whatIsNotAsItShouldBeIsSaidInWords() {
    List<String> summary = Summary.of(Found.all("java"));
    assertThat(summary).hasSize(4);
    assertThat(summary.get(2))
        .contains("1 of 2 endpoint checks passed")
        .contains("250 ms")
        .contains("with a spare: 30 ms")
        .contains("1 requests lost");
    assertThat(summary.get(3))
        .contains("in 1 of the 2 that can be computed")
        .contains("but not in: jump with xxh3");
  }

  private String page(Findings findings) throws Exception {
    return Files.readString(ReportFiles.write(findings, out));
  }
}
