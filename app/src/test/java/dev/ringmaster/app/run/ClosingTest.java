package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void theNewestIsClosedFirstAndEachOnce() {
    Closing closing = new Closing();
    closing.add(() -> closed.add("first"));
    closing.add(() -> closed.add("second"));
    closing.close();
    closing.close();
    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthersOpen() {
    Closing closing = new Closing();
    closing.add(() -> closed.add("first"));
    closing.add(() -> {
      throw new IllegalStateException("stuck");
    });
    closing.close();
    assertThat(closed).containsExactly("first");
  }
}
