package dev.ringmaster.queue.retry;

import dev.ringmaster.queue.control.QueueTerms.Retry;
import dev.ringmaster.queue.delivery.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// What an attempt's outcome means for its message.
///
/// The back-off is full jitter (Brooker: Exponential Backoff And Jitter, AWS Architecture Blog,
/// 2015): a random moment of the time that doubles with each attempt, so that what failed together
/// does not come back together.
public final class RetryPolicy {
  /// What a Retry-After can ask for at most; more would be a queue of its own.
  static final long MOST_RETRY_AFTER_MS = TimeUnit.HOURS.toMillis(24);

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY_REQUESTS = 429;

  /// Doubling ends here; the longest back-off has been reached long before.
  private static final int MOST_DOUBLINGS = 40;

  private RetryPolicy() {}

  /// The verdict on an attempt that was made.
  ///
  /// @param attempts that were made, with this one
  /// @param ageMs of the message
  public static Verdict judge(
      Retry terms, Outcome.Answered outcome, int attempts, long ageMs, RandomGenerator random) {
    int status = outcome.answer().status();
    if (succeeded(status, terms)) {
      return new Verdict.Handled();
    }
    String reason = "the replica answered " + status;
    if (isFinal(status)) {
      return new Verdict.Dead(reason);
    }
    return failed(terms, new Failure(reason, outcome.retryAfterMs()), attempts, ageMs, random);
  }

  /// An attempt that failed.
  ///
  /// @param reason for people
  /// @param retryAfterMs what the replica asks for; -1 for nothing
  public record Failure(String reason, long retryAfterMs) {}

  /// The verdict on an attempt that failed.
  ///
  /// @param attempts that were made, with this one
  /// @param ageMs of the message
  public static Verdict failed(
      Retry terms, Failure failure, int attempts, long ageMs, RandomGenerator random) {
    if (attempts >= terms.attempts()) {
      return new Verdict.Dead(failure.reason() + ", at attempt " + attempts + ", the last one");
    }
    if (ageMs > terms.oldest().toMillis()) {
      return new Verdict.Dead(
          failure.reason()
              + ", and the message is older than "
              + terms.oldest().toSeconds()
              + " s");
    }
    long waitMs =
        failure.retryAfterMs() >= 0
            ? Math.min(failure.retryAfterMs(), MOST_RETRY_AFTER_MS)
            : backoffMs(terms, attempts, random);
    return new Verdict.Again(waitMs, failure.reason());
  }

  /// Between nothing and the back-off of this attempt, the first attempt's being `terms.first()`.
  private static long backoffMs(Retry terms, int attempts, RandomGenerator random) {
    int doublings = Math.min(attempts - 1, MOST_DOUBLINGS);
    long firstMs = Math.max(1, terms.first().toMillis());
    double grown = firstMs * Math.pow(2, doublings);
    long ceilingMs = (long) Math.min(grown, (double) terms.most().toMillis());
    return random.nextLong(Math.max(1, ceilingMs + 1));
  }

  private static boolean succeeded(int status, Retry terms) {
    return (status >= 200 && status < 300) || (terms.redirects() && status >= 300 && status < 400);
  }

  /// Whether the same request would be answered so again.
  private static boolean isFinal(int status) {
    return status >= 400
        && status < 500
        && status != REQUEST_TIMEOUT
        && status != TOO_EARLY
        && status != TOO_MANY_REQUESTS;
  }
}
