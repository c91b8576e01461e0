package dev.ringmaster.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringmaster.lab.Experiment;
import dev.ringmaster.lab.Lab;
import dev.ringmaster.lab.LabResult;
import dev.ringmaster.lab.LabSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One quick run of all four experiments, looked at from several sides.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabIT {
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  private Path out = Path.of("");
  private JsonNode report = new ObjectMapper().nullNode();

  @BeforeAll
  void runTheLab(@TempDir Path directory) throws Exception {
    out = directory;
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> program =
        List.of(java, "-XX:+UseSerialGC", "-jar", System.getProperty("ringmaster.jar"));
    LabSettings settings =
        new LabSettings(
            program,
            out,
            EnumSet.allOf(Experiment.class),
            LabSettings.QUICK_REQUESTS,
            LabSettings.USUAL_CONNECTIONS,
            LabSettings.USUAL_REPLICAS,
            null,
            LabSettings.USUAL_SEED,
            true);
    PrintStream lines = new PrintStream(progress, true, StandardCharsets.UTF_8);
    LabResult result = Lab.run(settings, lines, false, Clock.systemUTC());
    assertThat(result).as(said()).isInstanceOf(LabResult.Finished.class);
    report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
  }

  @Test
  void everyRequestOfTheFirstTwoExperimentsIsAnswered() {
    assertThat(report.at("/A-1").size()).isEqualTo(2);
    assertThat(report.at("/A-2").size()).isEqualTo(10);
    for (String experiment : List.of("/A-1", "/A-2")) {
      for (JsonNode run : report.at(experiment)) {
        assertThat(run.at("/load/requests").asInt()).isEqualTo(LabSettings.QUICK_REQUESTS);
        assertThat(run.at("/load/lost").asLong()).as(run.toPrettyString()).isZero();
      }
    }
  }

  @Test
  void theClassicSchemeLoadsItsReplicasAsTheContractSays() {
    for (JsonNode run : report.at("/A-1")) {
      if (run.at("/scheme").asText().equals("classic")) {
        assertThat(run.at("/p").asDouble()).as(run.toPrettyString()).isGreaterThan(5.7e-7);
        assertThat(run.at("/replicas/0/requests").asInt()).isBetween(780, 910);
      }
    }
  }

  @Test
  void everyEndpointAnswersAsTheContractSays() {
    assertThat(report.at("/A-3/checks").size()).isGreaterThan(15);
    for (JsonNode check : report.at("/A-3/checks")) {
      assertThat(check.at("/status").asInt())
          .as(check.toPrettyString())
          .isEqualTo(check.at("/expectedStatus").asInt());
      assertThat(check.at("/text").asText()).contains(check.at("/expectedText").asText());
    }
  }

  @Test
  void killedReplicasCostNoRequest() {
    assertThat(report.at("/A-3/kills").size()).isEqualTo(6);
    for (JsonNode kill : report.at("/A-3/kills")) {
      assertThat(kill.at("/lost").asLong()).as(kill.at("/victim").asText()).isZero();
      assertThat(kill.at("/requests").asLong()).isPositive();
    }
    assertThat(report.at("/A-3/storm/load/lost").asLong()).isZero();
    assertThat(report.at("/A-3/storm/servingAtEnd").asInt()).isEqualTo(3);
  }

  @Test
  void theProductRoutesEveryRequestAsTheLibraryComputes() {
    // Nine schemes, and two of them with a second hash function.
    assertThat(report.at("/A-4/measured").size()).isEqualTo(11);
    assertThat(report.at("/A-4/measured").toString()).contains("\"md5\"");
    for (JsonNode match : report.at("/A-4/measured")) {
      List<String> measured = match.at("/run/replicas").findValuesAsText("requests");
      JsonNode computed = match.at("/computed/loads");
      for (int i = 0; i < measured.size(); i++) {
        assertThat(measured.get(i))
            .as(match.at("/run/scheme").asText())
            .isEqualTo(computed.get(i).asText());
      }
    }
  }

  @Test
  void theReportIsOnePageWithoutOutsideHelp() throws Exception {
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).startsWith("<!doctype html>").contains("id=\"a1\"", "id=\"a4\"", "<svg ");
    assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("src=", "<link");
    assertThat(out.resolve("a1.csv")).isNotEmptyFile();
    assertThat(out.resolve("a3-timeline.csv")).isNotEmptyFile();
  }

  @Test
  void everyStepIsToldAsALine() {
    List<String> lines = said().lines().toList();
    assertThat(lines.getFirst()).startsWith("[0/").contains("A-1");
    assertThat(lines.getLast()).contains("report.html");
  }

  private String said() {
    return progress.toString(StandardCharsets.UTF_8);
  }
}
