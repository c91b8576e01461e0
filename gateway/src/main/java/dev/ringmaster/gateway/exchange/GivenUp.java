package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.BodyFault;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.retry.Failure;
import dev.ringmaster.gateway.retry.RetryDecision;
import org.jspecify.annotations.Nullable;

/// Why an exchange ends without the whole answer of a replica.
///
/// @param status of the answer that is given instead, if none has begun
/// @param message for whoever asked
/// @param note for the log; null for none
record GivenUp(int status, String message, @Nullable String note) {
  /// The request's body stopped coming.
  static final GivenUp SLOW_CLIENT =
      new GivenUp(408, "the request's body did not come in time", "the client was too slow");

  /// All of it has taken too long.
  static final GivenUp OVERTIME = of(504, "the request took too long");

  private static GivenUp of(int status, String reason) {
    return new GivenUp(status, reason, reason);
  }

  /// Something is wrong with the request's body.
  static GivenUp body(BodyFault fault) {
    return of(fault.status(), fault.reason());
  }

  /// A try failed and is not followed by another.
  static GivenUp after(Failure failure, RetryDecision decision) {
    return new GivenUp(failure.status(), failure.reason(), decision.reason());
  }

  /// No replica is left to try.
  ///
  /// @param refusal why there was no place at one; null if it was not for that
  /// @param tries how many there were
  static GivenUp unserved(@Nullable String refusal, int tries) {
    if (refusal != null) {
      return of(503, refusal);
    }
    return tries == 0
        ? of(503, "no replica serves")
        : new GivenUp(502, "no replica could be reached", "no candidate is left");
  }

  /// The classic contract has a 400 for what the replicas do not know.
  static GivenUp missing(RequestHead head) {
    String path = head.text(head.pathFrom(), head.pathTo());
    return new GivenUp(400, "'" + path + "' endpoint does not exist in server replicas", null);
  }

  Answers.Failure answer() {
    return Answers.Failure.of(status, message);
  }
}
