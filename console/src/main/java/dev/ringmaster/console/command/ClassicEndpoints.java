package dev.ringmaster.console.command;

import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.access.ControlMode;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.answer.Route;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The classic endpoints: `/rep` tells the replicas to everyone, `/add` and `/rm` change them for
/// those who may. A path is one of these as it stands: `/rep/` and `/%72ep` are the replicas'.
///
/// When control is off, `/add` and `/rm` are the replicas' too. Of several services they mean the
/// first.
public final class ClassicEndpoints implements OwnEndpoints {
  private final Map<String, Route> routes;
  private final ControlAccess access;

  /// @param fleet whose replicas these are; asked at each request
  /// @param wait how long a command may take; see [Commands]
  public ClassicEndpoints(Supplier<FleetControl> fleet, ControlAccess access, Duration wait) {
    this.access = access;
    Map<String, Route> paths = new HashMap<>();
    paths.put("/rep", Route.reading(_ -> Answers.success(Rep.of(fleet.get().view()))));
    if (access.mode() != ControlMode.OFF) {
      Supplier<Commands> commands = () -> new Commands(fleet.get(), access, wait);
      paths.put("/add", new Route(List.of("POST"), asked -> commands.get().add(asked)));
      paths.put("/rm", new Route(List.of("DELETE", "POST"), asked -> commands.get().remove(asked)));
    }
    this.routes = Map.copyOf(paths);
  }

  /// What is answered at which path.
  public Map<String, Route> routes() {
    return routes;
  }

  @Override
  public Set<String> paths() {
    return routes.keySet();
  }

  @Override
  public @Nullable Answer refusal(Question head) {
    return head.path().equals("/rep") ? null : Gate.refusal(access, head);
  }

  @Override
  public CompletionStage<Answer> answer(Question question) {
    Route route = routes.get(question.path());
    return route == null
        ? CompletableFuture.completedFuture(
            Answers.failure(404, "'" + question.path() + "' is not an endpoint of Ringmaster"))
        : route.answer(question);
  }
}
