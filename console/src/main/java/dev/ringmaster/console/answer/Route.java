package dev.ringmaster.console.answer;

import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// What one path answers.
///
/// @param methods those it takes, as `Allow` names them
/// @param handler answers a question that has one of the methods
public record Route(List<String> methods, Function<Question, CompletionStage<Answer>> handler) {

  /// A route that reads, and answers at once. HEAD is answered like GET; the server leaves the body
  /// out.
  public static Route reading(Function<Question, Answer> handler) {
    return new Route(
        List.of("GET", "HEAD"),
        question -> CompletableFuture.completedFuture(handler.apply(question)));
  }

  /// The same route, which takes another method too.
  public Route orWith(String method) {
    List<String> more = new ArrayList<>(methods);
    more.add(method);
    return new Route(more, handler);
  }

  /// The handler's answer, or 405.
  public CompletionStage<Answer> answer(Question question) {
    if (!methods.contains(question.method())) {
      return CompletableFuture.completedFuture(Answers.wrongMethod(question.path(), methods));
    }
    return handler.apply(question);
  }
}
