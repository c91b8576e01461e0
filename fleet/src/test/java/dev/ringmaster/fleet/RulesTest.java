package dev.ringmaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Set<String> THERE = Set.of("S1", "S2", "S3");

  @Test
  void aGoodAddIsTaken() {
    assertThat(add(4, "S5", "S4", "S10", "S11")).isNull();
    assertThat(add(2)).isNull();
    assertThat(add(7)).isNull();
  }

  @Test
  void anAddIsRefusedForEachOfItsFaults() {
    assertThat(add(0))
        .matches("n must be from 1 to \\d+ \\(max-replicas is \\d+, N is \\d+\\), is 0");
    assertThat(add(-3)).endsWith(", is -3");
    assertThat(add(1, "S5", "S6"))
        .isEqualTo("Length of hostname list is more than newly added instances");
    assertThat(add(8)).contains("max-replicas = 10");
    assertThat(add(Integer.MAX_VALUE)).contains("max-replicas = 10");
    assertThat(add(2, "S5", "S5")).contains("'S5' is given twice");
    assertThat(add(1, "S2")).contains("'S2' exists already");
    assertThat(add(1, "-x")).contains("does not match");
    assertThat(add(1, "")).contains("does not match");
    assertThat(add(1, "a".repeat(64))).contains("does not match");
    assertThat(add(1, "a;rm -rf /\n")).contains("does not match").doesNotContain("\n");
  }

  @Test
  void aRemovalIsRefusedForEachOfItsFaults() {
    assertThat(remove(3, "S1", "S2")).isNull();
    assertThat(remove(0)).matches("n must be from 1 to N, which is \\d+, is 0");
    assertThat(remove(1, "S1", "S2"))
        .isEqualTo("Length of hostname list is more than removable instances");
    assertThat(remove(4)).contains("more than there are (N is 3)");
    assertThat(remove(1, "S9")).contains("'S9' does not exist");
    assertThat(remove(2, "S1", "S1")).contains("'S1' is given twice");
  }

  private static @Nullable String add(int n, String... names) {
    return Rules.add(n, List.of(names), THERE, 3, 10);
  }

  private static @Nullable String remove(int n, String... names) {
    return Rules.remove(n, List.of(names), THERE, 3);
  }
}
