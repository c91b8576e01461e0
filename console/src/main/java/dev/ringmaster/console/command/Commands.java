package dev.ringmaster.console.command;

import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.command.Reading.Named;
import dev.ringmaster.console.command.Reading.Refused;
import dev.ringmaster.console.command.Reading.Resize;
import dev.ringmaster.console.command.Reading.Weighed;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
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
    return allowed(question, () -> resize(question.body(), MORE_THAN_ADDED, fleet::add));
  }

  /// Removes `{"n":…,"hostnames":[…]}`; 200 when they are out of the table.
  public CompletionStage<Answer> remove(Question question) {
    return allowed(question, () -> resize(question.body(), MORE_THAN_REMOVABLE, fleet::remove));
  }

  /// Replaces the replica `{"name":…}`; 200 when it is out of the table.
  public CompletionStage<Answer> drain(Question question) {
    return allowed(question, () -> named(question.body(), fleet::drain));
  }

  /// Watches the drained static target `{"name":…}` again.
  public CompletionStage<Answer> undrain(Question question) {
    return allowed(question, () -> named(question.body(), fleet::undrain));
  }

  /// Gives the seat of `{"name":…,"weight":…}` another weight; 200 when the table has it.
  public CompletionStage<Answer> weigh(Question question) {
    return allowed(question, () -> weigh(question.body()));
  }

  /// Replaces all replicas, one after another; 200 when all are new. The body is empty or `{}`.
  public CompletionStage<Answer> restart(Question question) {
    return allowed(question, () -> restart(question.body()));
  }

  private CompletionStage<Answer> allowed(
      Question question, Supplier<CompletionStage<Answer>> command) {
    return Gate.pass(access, question, command);
  }

  private CompletionStage<Answer> resize(
      String body,
      String tooManyNames,
      BiFunction<Integer, List<String>, CompletableFuture<FleetView>> command) {
    return switch (BodyReader.resize(body, tooManyNames)) {
      case Resize(int n, var names) -> ended(command.apply(n, names));
      case Refused(String reason) -> now(Answers.failure(400, reason));
    };
  }

  private CompletionStage<Answer> named(
      String body, Function<String, CompletableFuture<FleetView>> command) {
    return switch (BodyReader.named(body)) {
      case Named(String name) -> ended(command.apply(name));
      case Refused(String reason) -> now(Answers.failure(400, reason));
    };
  }

  private CompletionStage<Answer> weigh(String body) {
    return switch (BodyReader.weighed(body)) {
      case Weighed(String name, double weight) -> ended(fleet.weigh(name, weight));
      case Refused(String reason) -> now(Answers.failure(400, reason));
    };
  }

  /// Each replica may take as long as a command.
  private CompletionStage<Answer> restart(String body) {
    Refused refused = BodyReader.nothing(body);
    return refused == null
        ? ended(fleet.restart(), wait.multipliedBy(Math.max(1, fleet.view().desired())))
        : now(Answers.failure(400, refused.reason()));
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private CompletionStage<Answer> ended(CompletableFuture<FleetView> command) {
    return ended(command, wait);
  }

  private static CompletionStage<Answer> ended(
      CompletableFuture<FleetView> command, Duration limit) {
    return command
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .handle((view, failure) ->
            failure == null ? Answers.success(Rep.of(view)) : failed(cause(failure), limit));
  }

  private static Answer failed(Throwable failure, Duration limit) {
    return switch (failure) {
      case FleetControl.Refusal refusal -> Answers.failure(400, said(refusal));
      case FleetControl.NotServing late -> Answers.failure(503, said(late));
      case TimeoutException late ->
          Answers.failure(
              503, "The command was taken, and has not ended in " + limit.toSeconds() + " s");
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
