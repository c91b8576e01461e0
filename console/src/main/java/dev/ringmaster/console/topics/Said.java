package dev.ringmaster.console.topics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.console.answer.Json;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.queue.control.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The shape of the classic answers: `{"status":"success",…}` or
/// `{"status":"failure","message":…}`.
final class Said {
  private Said() {}

  static ObjectNode success() {
    return JsonNodeFactory.instance.objectNode().put("status", "success");
  }

  static Answer answer(ObjectNode success) {
    return Answer.json(200, Json.write(success));
  }

  static Answer failure(int status, String message) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("status", "failure");
    return Answer.json(status, Json.write(node.put("message", message)));
  }

  static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  /// A reply that is there already.
  static <T> CompletionStage<Reply<T>> kept(Reply<T> reply) {
    return CompletableFuture.completedFuture(reply);
  }

  static <T> Answer by(Reply<T> reply, Function<T, Answer> shown) {
    return switch (reply) {
      case Reply.Done<T>(T value) -> shown.apply(value);
      case Reply.Refused<T> refused -> failure(refused.kind().status(), refused.reason());
    };
  }
}
