package dev.ringmaster.fleet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentVectorTest {
  @Test
  void wordsAreSplitAsAShellSplitsThem() {
    assertThat(words("python3 -m http.server {port}"))
        .containsExactly("python3", "-m", "http.server", "{port}");
    assertThat(words("  a   b\t c  ")).containsExactly("a", "b", "c");
    assertThat(words("a 'b c' \"d e\"f")).containsExactly("a", "b c", "d ef");
    assertThat(words("a '' \"\"")).containsExactly("a", "", "");
    assertThat(words("a b\\ c '\\' \"\\\"\\\\\\n\"")).containsExactly("a", "b c", "\\", "\"\\\\n");
  }

  @Test
  void nothingElseThatAShellDoesIsDone() {
    assertThat(words("a $HOME `b` $(c) *; d && e | f > g"))
        .containsExactly("a", "$HOME", "`b`", "$(c)", "*;", "d", "&&", "e", "|", "f", ">", "g");
  }

  @Test
  void placesAreFilledInEveryWord() {
    ArgumentVector command = new ArgumentVector(List.of("x", "--at=:{port}/{name}", "{id}{id}"));
    assertThat(command.fill(8080, "S3", "3")).containsExactly("x", "--at=:8080/S3", "33");
  }

  @Test
  void whatIsNoCommandIsRefused() {
    assertThatThrownBy(() -> words("  ")).hasMessageContaining("must name a program");
    assertThatThrownBy(() -> words("'' x")).hasMessageContaining("must name a program");
    assertThatThrownBy(() -> words("a 'b")).hasMessageContaining("character 3 is not closed");
    assertThatThrownBy(() -> words("a \\")).hasMessageContaining("lone backslash");
  }

  private static List<String> words(String line) {
    return ArgumentVector.parse(line).words();
  }
}
