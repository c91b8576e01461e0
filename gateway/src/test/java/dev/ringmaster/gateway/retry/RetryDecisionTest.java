package dev.ringmaster.gateway.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.retry.FailedTry.AnswerSent;
import dev.ringmaster.gateway.retry.FailedTry.BodyKept;
import dev.ringmaster.gateway.settings.RetryLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryDecisionTest {
  private final RetryBudget budget = new RetryBudget(RetryLimits.DEFAULT, 1, 0);

  private static FailedTry get(Failure failure) {
    return new FailedTry(failure, true, AnswerSent.NOTHING, BodyKept.WHOLE, 1, 3);
  }

  private static FailedTry post(Failure failure) {
    return new FailedTry(failure, false, AnswerSent.NOTHING, BodyKept.WHOLE, 1, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED, NEXT_CANDIDATE, NEXT_CANDIDATE",
    "CONNECT_TIMEOUT, NEXT_CANDIDATE, NEXT_CANDIDATE",
    "STALE, SAME_REPLICA_ANEW, NOT_REPEATABLE",
    "BROKEN, NEXT_CANDIDATE, NOT_REPEATABLE",
    "SLOW, TIME_USED, TIME_USED",
    "GARBAGE, ANSWER_INVALID, ANSWER_INVALID",
    "LEFT_OUT, SAME_REPLICA_ANEW, SAME_REPLICA_ANEW",
    "TURNED_AWAY, NEXT_CANDIDATE, NEXT_CANDIDATE",
  })
  void eachFailureHasItsDecisionForWhatIsRepeatableAndWhatIsNot(
      Failure failure, RetryDecision repeatable, RetryDecision not) {
    assertThat(RetryDecision.of(get(failure), budget, 0)).isEqualTo(repeatable);
    assertThat(RetryDecision.of(post(failure), budget, 0)).isEqualTo(not);
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void nothingIsRepeatedOnceTheClientHasTheBeginning(Failure failure) {
    var begun = new FailedTry(failure, true, AnswerSent.BEGUN, BodyKept.WHOLE, 1, 3);
    assertThat(RetryDecision.of(begun, budget, 0)).isEqualTo(RetryDecision.ANSWER_BEGUN);
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void nothingIsRepeatedWithoutItsBody(Failure failure) {
    var gone = new FailedTry(failure, true, AnswerSent.NOTHING, BodyKept.PASSED_ON, 1, 3);
    assertThat(RetryDecision.of(gone, budget, 0)).isEqualTo(RetryDecision.BODY_PASSED_ON);
  }

  @Test
  void asManyReplicasAreTriedAsMayBe() {
    var last = new FailedTry(Failure.BROKEN, true, AnswerSent.NOTHING, BodyKept.WHOLE, 3, 3);
    assertThat(RetryDecision.of(last, budget, 0)).isEqualTo(RetryDecision.TRIES_USED);
  }

  @Test
  void refusedConnectionsAreRepeatedWithoutBudget() {
    while (budget.take(0)) {}
    assertThat(RetryDecision.of(get(Failure.BROKEN), budget, 0))
        .isEqualTo(RetryDecision.BUDGET_USED);
    assertThat(RetryDecision.of(get(Failure.REFUSED), budget, 0))
        .isEqualTo(RetryDecision.NEXT_CANDIDATE);
  }

  @Test
  void aFailureThatIsFinalTakesNothingFromTheBudget() {
    for (int i = 0; i < 2 * RetryBudget.BURST; i++) {
      assertThat(RetryDecision.of(post(Failure.BROKEN), budget, 0).again()).isFalse();
    }
    assertThat(budget.take(0)).isTrue();
  }
}
