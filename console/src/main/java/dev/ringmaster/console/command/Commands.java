package dev.ringmaster.console.command;

import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.access.Verdict;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a command: judge who asks, read what is asked, hand it to the fleet, answer when the
/// fleet has done it. Nothing here blocks.
public final class Commands {
  private static final Logger log = LoggerFactory.getLogger(Commands.class);
  private static final String MORE_THAN_ADDED =
      "Length of hostname list is more than newly added instances";
  private static final String MORE_THAN_REMOVABLE =
      "Length of hostname list is more than removable instances";

  private final FleetControl fleet;
  private final ControlAccess access;
  private final Duration wait;

  /// @param wait how long a command may take before it is answered 503, longer than a replica's
  ///   start time-out; what was begun goes on
  public Commands(FleetControl fleet, ControlAccess access, Duration wait) {
    this.fleet = fleet;
    this.access = access;
    this.wait = wait;
  }

  /// Adds `{"n":…,"hostnames":[…]}`; 200 when all serve.
  public CompletionStage<Answer> add(Question question) {
    return allowed(question, () -> run(BodyReader.resize(question.body(), MORE_THAN_ADDED), true));
  }

  /// Removes `{"n":…,"hostnames":[…]}`; 200 when they are out of the table.
  public CompletionStage<Answer> remove(Question question) {
    return allowed(
        question, () -> run(BodyReader.resize(question.body(), MORE_THAN_REMOVABLE), false));
  }

  /// Replaces the replica `{"name":…}`; 200 when it is out of the table.
  public CompletionStage<Answer> drain(Question question) {
    return allowed(question, () -> run(BodyReader.named(question.body()), false));
  }

  private CompletionStage<Answer> allowed(
      Question question, Supplier<CompletionStage<Answer>> command) {
    return switch (access.judge(question)) {
      case Verdict.Allowed() -> command.get();
      case Verdict.TokenNeeded() ->
          CompletableFuture.completedFuture(
              Answers.failure(
                  401,
                  "A bearer token is needed for this",
                  "WWW-Authenticate",
                  "Bearer realm=\"ringmaster\""));
      case Verdict.Forbidden(String reason) ->
          CompletableFuture.completedFuture(Answers.failure(403, reason));
    };
  }

  private CompletionStage<Answer> run(Reading reading, boolean growing) {
    return switch (reading) {
      case Reading.Refused(String reason) ->
          CompletableFuture.completedFuture(Answers.failure(400, reason));
      case Reading.Named(String name) -> ended(fleet.drain(name));
      case Reading.Resize(int n, var names) ->
          ended(growing ? fleet.add(n, names) : fleet.remove(n, names));
    };
  }

  private CompletionStage<Answer> ended(CompletableFuture<FleetView> command) {
    return command
        .copy()
        .orTimeout(wait.toMillis(), TimeUnit.MILLISECONDS)
        .handle((view, failure) ->
            failure == null ? Answers.success(Rep.of(view)) : failed(cause(failure)));
  }

  private Answer failed(Throwable failure) {
    return switch (failure) {
      case FleetControl.Refusal refusal -> Answers.failure(400, said(refusal));
      case FleetControl.NotServing late -> Answers.failure(503, said(late));
      case TimeoutException late ->
          Answers.failure(
              503, "The command was taken, and has not ended in " + wait.toSeconds() + " s");
      default -> {
        log.error("A command failed", failure);
        yield Answers.failure(500, "The command failed; the log says why");
      }
    };
  }

  private static String said(Exception failure) {
    String message = failure.getMessage();
    return message == null ? "The fleet gave no reason" : message;
  }

  private static Throwable cause(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
