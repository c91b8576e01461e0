package dev.ringmaster.queue.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.queue.control.QueueTerms.Dead;
import dev.ringmaster.queue.control.QueueTerms.Retry;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.delivery.Outcome;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(7);

  private static Verdict judge(int status, long retryAfterMs, int attempts) {
    Answer answer = new Answer(status, new byte[0], new byte[0], 0);
    Outcome.Answered outcome = new Outcome.Answered(answer, 0, retryAfterMs);
    return RetryPolicy.judge(Retry.DEFAULT, outcome, attempts, 0, RANDOM);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void successEndsIt(int status) {
    assertThat(judge(status, -1, 1)).isInstanceOf(Verdict.Handled.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 410, 422, 499})
  void whatTheClientDidWrongIsNotRepeated(int status) {
    assertThat(judge(status, -1, 1)).isInstanceOf(Verdict.Dead.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 302, 408, 425, 429, 500, 502, 503, 504, 599})
  void allElseIsTriedAgain(int status) {
    assertThat(judge(status, -1, 1)).isInstanceOf(Verdict.Again.class);
  }

  @Test
  void redirectsAreSuccessWhereTheQueueSaysSo() {
    Retry terms =
        new Retry(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofHours(1),
            true,
            Dead.CONTINUE);
    Outcome.Answered outcome =
        new Outcome.Answered(new Answer(303, new byte[0], new byte[0], 0), 0, -1);
    assertThat(RetryPolicy.judge(terms, outcome, 1, 0, RANDOM)).isInstanceOf(Verdict.Handled.class);
  }

  @Test
  void theWaitIsAnyMomentOfABackoffThatDoubles() {
    for (int attempts = 1; attempts < 10; attempts++) {
      long ceilingMs = Math.min(1000L << (attempts - 1), 600_000);
      double sum = 0;
      for (int i = 0; i < 4000; i++) {
        long waitMs = ((Verdict.Again) judge(500, -1, attempts)).waitMs();
        assertThat(waitMs).isBetween(0L, ceilingMs);
        sum += waitMs;
      }
      assertThat(sum / 4000 / ceilingMs).as("the mean is the middle").isBetween(0.45, 0.55);
    }
  }

  @Test
  void whatTheReplicaAsksForWinsWithinADay() {
    assertThat(judge(503, 5000, 1)).isEqualTo(new Verdict.Again(5000, "the replica answered 503"));
    assertThat(((Verdict.Again) judge(503, Long.MAX_VALUE, 1)).waitMs())
        .isEqualTo(RetryPolicy.MOST_RETRY_AFTER_MS);
  }

  @Test
  void theLastAttemptIsTheLast() {
    assertThat(judge(500, -1, 9)).isInstanceOf(Verdict.Again.class);
    assertThat(judge(500, -1, 10)).isInstanceOf(Verdict.Dead.class);
  }

  @Test
  void anOldMessageDiesAtItsNextFailure() {
    RetryPolicy.Failure failure = new RetryPolicy.Failure("no answer", -1);
    long dayMs = Duration.ofHours(24).toMillis();
    assertThat(RetryPolicy.failed(Retry.DEFAULT, failure, 1, dayMs, RANDOM))
        .isInstanceOf(Verdict.Again.class);
    assertThat(RetryPolicy.failed(Retry.DEFAULT, failure, 1, dayMs + 1, RANDOM))
        .isInstanceOf(Verdict.Dead.class);
  }
}
