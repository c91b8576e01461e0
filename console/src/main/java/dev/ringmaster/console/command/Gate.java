package dev.ringmaster.console.command;

import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.access.Verdict;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets a command pass if who asks may command.
public final class Gate {
  private Gate() {}

  /// The answer of the command, or 401 or 403.
  public static CompletionStage<Answer> pass(
      ControlAccess access, Question question, Supplier<CompletionStage<Answer>> command) {
    Answer refusal = refusal(access, question);
    return refusal == null ? command.get() : CompletableFuture.completedFuture(refusal);
  }

  /// 401 or 403 for who may not command, which takes no body to know; null for who may.
  public static @Nullable Answer refusal(ControlAccess access, Question question) {
    return switch (access.judge(question)) {
      case Verdict.Allowed() -> null;
      case Verdict.TokenNeeded() ->
          Answers.failure(
              401,
              "A bearer token is needed for this",
              "WWW-Authenticate",
              "Bearer realm=\"ringmaster\"");
      case Verdict.Forbidden(String reason) -> Answers.failure(403, reason);
    };
  }
}
