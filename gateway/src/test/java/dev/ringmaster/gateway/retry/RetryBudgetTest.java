package dev.ringmaster.gateway.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.settings.RetryLimits;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private static RetryBudget spent(RetryLimits limits, int loops) {
    RetryBudget budget = new RetryBudget(limits, loops, 0);
    assertThat(taken(budget, 0)).isEqualTo(RetryBudget.BURST);
    return budget;
  }

  private static int taken(RetryBudget budget, long nowNs) {
    int taken = 0;
    while (budget.take(nowNs)) {
      taken++;
    }
    return taken;
  }

  @Test
  void aShareOfRequestsMayBeRepeated() {
    RetryBudget budget = spent(new RetryLimits(0.2, 0, 3), 1);
    for (int i = 0; i < 1_000; i++) {
      budget.request();
    }
    assertThat(taken(budget, 0)).isBetween(199, 200);
  }

  @Test
  void someMayBeRepeatedEachSecondWhateverTheRequests() {
    assertThat(taken(spent(new RetryLimits(0, 10, 3), 1), 3 * SECOND_NS)).isEqualTo(30);
  }

  @Test
  void loopsShareTheRate() {
    assertThat(taken(spent(new RetryLimits(0, 10, 3), 2), 4 * SECOND_NS)).isEqualTo(20);
  }

  @Test
  void savingsHaveABound() {
    RetryBudget budget = spent(new RetryLimits(1, 10, 3), 1);
    for (int i = 0; i < 10 * RetryBudget.BURST; i++) {
      budget.request();
    }
    assertThat(taken(budget, 1_000 * SECOND_NS)).isEqualTo(RetryBudget.BURST);
  }
}
