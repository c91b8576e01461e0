package dev.ringmaster.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void elsewhereThanOnATerminalEachStepIsALine() {
    Progress progress = new Progress(out, false, 2);
    progress.step("first");
    progress.step("second");
    progress.end("done");
    assertThat(said().lines()).containsExactly("[0/2] first", "[1/2] second", "[2/2] done");
  }

  @Test
  void onATerminalTheBarIsDrawnOverItselfWithinOneLine() {
    Progress progress = new Progress(out, true, 4);
    progress.step("a");
    progress.step("b".repeat(200));
    progress.end("done");
    String[] drawn = said().split("\r");
    assertThat(drawn).hasSize(4);
    assertThat(drawn[1]).startsWith("[------------------------] 0/4 a");
    assertThat(drawn[2]).hasSize(79).startsWith("[######------------------] 1/4 b");
    assertThat(drawn[3]).startsWith("[########################] 4/4 done");
  }

  @Test
  void moreStepsThanAnnouncedDoNotOverfillTheBar() {
    Progress progress = new Progress(out, true, 1);
    progress.step("a");
    progress.step("b");
    progress.step("c");
    assertThat(said()).contains("1/1 c");
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
