package dev.ringmaster.console.queue;

import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// What one path answers, by method.
final class Resource {
  private final Map<String, Function<Question, CompletionStage<Answer>>> handlers =
      new LinkedHashMap<>();

  /// With one more method; `GET` is `HEAD` too.
  Resource on(String method, Function<Question, CompletionStage<Answer>> handler) {
    handlers.put(method, handler);
    if (method.equals("GET")) {
      handlers.put("HEAD", handler);
    }
    return this;
  }

  CompletionStage<Answer> answer(Question question) {
    Function<Question, CompletionStage<Answer>> handler = handlers.get(question.method());
    if (handler == null) {
      List<String> methods = new ArrayList<>(handlers.keySet());
      return Answered.now(Answers.wrongMethod(question.path(), methods));
    }
    return handler.apply(question);
  }
}
