package dev.ringmaster.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN = List.of("replicas", "retry", "runtime", "up", "add");

  @ParameterizedTest
  @CsvSource({"replica,replicas", "repilcas,replicas", "rety,retry", "runtme,runtime", "ad,add"})
  void aSlipOfTheKeyboardFindsTheName(String wrong, String meant) {
    assertThat(Nearest.to(wrong, KNOWN)).contains(meant);
  }

  @Test
  void whatIsFarFromAllFindsNothing() {
    assertThat(Nearest.to("telephone", KNOWN)).isEmpty();
    assertThat(Nearest.hint("telephone", KNOWN)).isEmpty();
  }

  @Test
  void theHintIsTheEndOfASentence() {
    assertThat(Nearest.hint("replica", KNOWN)).isEqualTo("; did you mean 'replicas'?");
  }

  @ParameterizedTest
  @CsvSource({"abc,abc,0", "abc,acb,1", "abc,ab,1", "abc,xbc,1", "kitten,sitting,3", "'',abc,3"})
  void editsAreCounted(String from, String to, int edits) {
    assertThat(Nearest.edits(from, to)).isEqualTo(edits);
    assertThat(Nearest.edits(to, from)).isEqualTo(edits);
  }
}
