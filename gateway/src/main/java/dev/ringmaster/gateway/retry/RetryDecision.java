package dev.ringmaster.gateway.retry;

import dev.ringmaster.gateway.retry.FailedTry.AnswerSent;
import dev.ringmaster.gateway.retry.FailedTry.BodyKept;

/// Whether a failed try is followed by another, and why (not).
public enum RetryDecision {
  /// A kept connection was stale or took no more: once more to the same replica, over a new
  /// connection.
  SAME_REPLICA_ANEW("the kept connection had ended"),
  /// On to the key's next candidate.
  NEXT_CANDIDATE("safe to repeat"),
  /// The client already has the beginning of an answer.
  ANSWER_BEGUN("the answer had begun"),
  /// The replica may have done the request, and it must not be done twice.
  NOT_REPEATABLE("not safe to repeat"),
  /// More of the body has been passed on than is kept.
  BODY_PASSED_ON("the body is not kept"),
  /// The client's patience went into waiting for this answer.
  TIME_USED("the time is used up"),
  /// The answer shows that the replica is alive and did something with the request.
  ANSWER_INVALID("the answer is not valid"),
  /// Another candidate would need a socket too.
  OUT_OF_SOCKETS("no socket is left"),
  /// As many replicas were tried as may be.
  TRIES_USED("all tries are used"),
  /// Too many retries lately.
  BUDGET_USED("the retry budget is used up");

  private final String reason;

  RetryDecision(String reason) {
    this.reason = reason;
  }

  /// A few words for the log.
  public String reason() {
    return reason;
  }

  /// Whether there is another try.
  public boolean again() {
    return this == SAME_REPLICA_ANEW || this == NEXT_CANDIDATE;
  }

  /// Decides. Only what is otherwise allowed takes from the budget; a try of which the replica saw
  /// nothing is free, because repeating it adds no load to any replica. That is what keeps the
  /// burst of refused connections right after a death from using up the budget.
  public static RetryDecision of(FailedTry tried, RetryBudget budget, long nowNs) {
    if (tried.answer() == AnswerSent.BEGUN) {
      return ANSWER_BEGUN;
    }
    if (tried.body() == BodyKept.PASSED_ON) {
      return BODY_PASSED_ON;
    }
    RetryDecision wish =
        switch (tried.failure()) {
          case REFUSED, UNTRUSTED, CONNECT_TIMEOUT, TURNED_AWAY -> NEXT_CANDIDATE;
          case LEFT_OUT -> SAME_REPLICA_ANEW;
          case STALE -> tried.repeatable() ? SAME_REPLICA_ANEW : NOT_REPEATABLE;
          case BROKEN -> tried.repeatable() ? NEXT_CANDIDATE : NOT_REPEATABLE;
          case SLOW -> TIME_USED;
          case GARBAGE -> ANSWER_INVALID;
          case NO_SOCKET -> OUT_OF_SOCKETS;
        };
    if (wish == NEXT_CANDIDATE && tried.triedReplicas() >= tried.maxReplicas()) {
      return TRIES_USED;
    }
    boolean free = !wish.again() || tried.failure().sawNothing();
    return free || budget.take(nowNs) ? wish : BUDGET_USED;
  }
}
