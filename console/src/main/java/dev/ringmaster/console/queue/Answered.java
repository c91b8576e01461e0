package dev.ringmaster.console.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.answer.Json;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.queue.control.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Replies of the queues as HTTP answers.
final class Answered {
  private static final long SECOND_MS = 1000;

  private Answered() {}

  static <T> CompletionStage<Answer> by(
      CompletionStage<Reply<T>> reply, Function<T, Answer> shown) {
    return reply.thenApply(one -> by(one, shown));
  }

  static <T> Answer by(Reply<T> reply, Function<T, Answer> shown) {
    return switch (reply) {
      case Reply.Done<T>(T value) -> shown.apply(value);
      case Reply.Refused<T> refused -> refused(refused);
    };
  }

  private static Answer refused(Reply.Refused<?> refused) {
    int status = refused.kind().status();
    if (refused.retryAfterMs() < 0) {
      return Answers.failure(status, refused.reason());
    }
    long seconds = Math.max(1, Math.ceilDiv(refused.retryAfterMs(), SECOND_MS));
    return Answers.failure(status, refused.reason(), "Retry-After", Long.toString(seconds));
  }

  static Answer json(int status, JsonNode node) {
    return Answer.json(status, Json.write(node));
  }

  static Answer json(int status, JsonNode node, String header, String value) {
    return new Answer(
        status, Map.of("Content-Type", "application/json", header, value), Json.write(node));
  }

  static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
