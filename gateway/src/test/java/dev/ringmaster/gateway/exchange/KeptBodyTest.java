package dev.ringmaster.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.retry.FailedTry.BodyKept;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptBodyTest {
  private static final long BUDGET_BYTES = 100_000;

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final BodyBudget budget = new BodyBudget(BUDGET_BYTES);
  private final KeptBody kept = new KeptBody(allocator, budget);

  @AfterEach
  void nothingIsHeldAtTheEnd() {
    kept.clear();
    assertThat(budget.left()).isEqualTo(BUDGET_BYTES);
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  private static ByteBuf bytes(int count) {
    return Unpooled.wrappedBuffer(new byte[count]);
  }

  /// How long the body says it is, how much came, what is held for it.
  @ParameterizedTest
  @CsvSource({
    "10, 1, 10",
    "100000, 1, 4096",
    "-1, 1, 4096",
    "5000, 4097, 5000",
    "-1, 4097, 12288",
    "-1, 30000, 61440",
    "3, 20, 8195"
  })
  void whatIsHeldGrowsWithWhatCame(long announced, int came, long held) {
    kept.begin(announced);
    for (int i = 0; i < came; i++) {
      kept.add(bytes(1));
    }
    assertThat(kept.kept()).isEqualTo(BodyKept.WHOLE);
    assertThat(BUDGET_BYTES - budget.left()).isEqualTo(held);
    assertThat(allocator.metric().usedDirectMemory()).isEqualTo(held);
  }

  @Test
  void aBodyThatIsLargerThanMayBeKeptIsPassedOn() {
    kept.begin(-1);
    kept.add(bytes(KeptBody.MOST_BYTES));
    assertThat(kept.kept()).isEqualTo(BodyKept.WHOLE);
    assertThat(kept.room()).isZero();
    kept.add(bytes(1));
    assertThat(kept.kept()).isEqualTo(BodyKept.PASSED_ON);
    assertThat(budget.left()).isEqualTo(BUDGET_BYTES);
  }

  @Test
  void aBodyForWhichTheBudgetHasNoRoomIsPassedOn() {
    assertThat(budget.take(95_000)).isEqualTo(95_000);
    kept.begin(-1);
    kept.add(bytes(4_000));
    assertThat(kept.room()).isEqualTo(1_000);
    kept.add(bytes(1_000));
    assertThat(kept.kept()).isEqualTo(BodyKept.WHOLE);
    assertThat(kept.room()).isZero();
    kept.add(bytes(1));
    assertThat(kept.kept()).isEqualTo(BodyKept.PASSED_ON);
    budget.giveBack(95_000);
  }

  @Test
  void whatHasToBeKeptIsRefusedInstead() {
    kept.begin(-1);
    assertThat(kept.gather(bytes(90_000))).isTrue();
    assertThat(kept.gather(bytes(20_000))).isFalse();
  }

  @Test
  void whatIsHandedOverWholeCostsNothing() {
    kept.hold(bytes(1 << 20));
    assertThat(kept.empty()).isFalse();
    assertThat(budget.left()).isEqualTo(BUDGET_BYTES);
  }
}
