package dev.ringmaster.console.command;

import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.reload.ReloadResult;
import dev.ringmaster.console.reload.Reloads;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Has the settings read again: 200 with what changed, or 400 with all that is wrong. Blocks, as
/// the reload does.
public final class ReloadCommand {
  private final ControlAccess access;
  private final Reloads reloads;

  private record Changes(List<String> changes) {}

  public ReloadCommand(ControlAccess access, Reloads reloads) {
    this.access = access;
    this.reloads = reloads;
  }

  /// Answers `POST /api/reload`; what a body says is passed over.
  public CompletionStage<Answer> answer(Question question) {
    return Gate.pass(
        access, question, () -> CompletableFuture.completedFuture(answer(reloads.reload().get())));
  }

  private static Answer answer(ReloadResult result) {
    return switch (result) {
      case ReloadResult.Done(var changes) -> Answers.success(new Changes(changes));
      case ReloadResult.Refused(var problems) ->
          Answers.failure(
              400, "The settings are refused, the old ones hold:\n" + String.join("\n", problems));
    };
  }
}
