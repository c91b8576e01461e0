package dev.ringmaster.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.answer.Json;
import dev.ringmaster.console.answer.Route;
import dev.ringmaster.console.command.ClassicEndpoints;
import dev.ringmaster.console.command.Commands;
import dev.ringmaster.console.metrics.Metrics;
import dev.ringmaster.console.report.Explained;
import dev.ringmaster.console.report.HeavyKeys;
import dev.ringmaster.console.report.Status;
import dev.ringmaster.console.report.TableDump;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// What the admin port answers: the classic endpoints, the JSON API, the probes, the metrics.
final class AdminEndpoints implements AutoCloseable {
  private static final List<String> POST = List.of("POST");

  private record Health(String status, @JsonProperty("N") int n, int serving) {}

  private final Metrics metrics;
  private final Map<String, Route> routes;

  AdminEndpoints(ConsoleSettings settings, Sources sources) {
    FleetControl fleet = sources.fleet();
    ControlAccess access = settings.access().onConsole();
    Commands commands = new Commands(fleet, access, settings.commandWait());
    ClassicEndpoints classic = new ClassicEndpoints(fleet, access, settings.commandWait());
    Map<String, Route> paths = new HashMap<>(classic.routes());
    paths.put("/api/add", new Route(POST, commands::add));
    paths.put("/api/rm", new Route(POST, commands::remove));
    paths.put("/api/drain", new Route(POST, commands::drain));
    paths.put("/api/undrain", new Route(POST, commands::undrain));
    paths.put("/api/weight", new Route(POST, commands::weigh));
    paths.put("/api/restart", new Route(POST, commands::restart));
    paths.put("/api/status", json(() -> Status.of(fleet.view())));
    paths.put("/api/table", json(() -> TableDump.of(fleet.view())));
    Set<String> own =
        new ClassicEndpoints(fleet, settings.access(), settings.commandWait()).paths();
    paths.put("/api/heavy-keys", json(() -> HeavyKeys.of(sources.ledger().get())));
    paths.put(
        "/api/explain", Route.reading(question -> explain(sources, own, question)).orWith("POST"));
    paths.put("/healthz", Route.reading(_ -> health(200, "alive", fleet.view())));
    paths.put("/readyz", Route.reading(_ -> ready(fleet.view())));
    paths.put("/metrics", Route.reading(_ -> scraped()));
    paths.put("/", Route.reading(_ -> IndexPage.ANSWER));
    this.metrics = new Metrics(fleet::view, sources.stats(), sources.ledger());
    this.routes = Map.copyOf(paths);
  }

  Set<String> paths() {
    return routes.keySet();
  }

  CompletionStage<Answer> answer(Question question) {
    Route route = routes.get(question.path());
    return route == null
        ? CompletableFuture.completedFuture(
            Answers.failure(
                404, "'" + question.path() + "' endpoint does not exist in the console"))
        : route.answer(question);
  }

  @Override
  public void close() {
    metrics.close();
  }

  private Answer scraped() {
    return new Answer(200, Map.of("Content-Type", Metrics.MEDIA_TYPE), metrics.scrape());
  }

  private static Route json(Supplier<Object> report) {
    return Route.reading(_ -> Answer.json(200, Json.write(report.get())));
  }

  /// @param own the paths of the traffic port that reach no replica
  private static Answer explain(Sources sources, Set<String> own, Question question) {
    Explained explained;
    try {
      RequestFacts facts = Explained.asked(question);
      Explanation explanation = sources.explain().apply(facts);
      FleetView view = sources.fleet().view();
      String path = facts.target().split("\\?", 2)[0];
      explained = own.contains(path) ? Explained.ofOwn(view, path) : Explained.of(explanation);
    } catch (IllegalArgumentException noRequest) {
      return Answers.failure(400, "Cannot explain this: " + noRequest.getMessage());
    }
    return Answer.json(200, Json.write(explained));
  }

  /// Ready means that at least one replica serves, so that requests are answered.
  private static Answer ready(FleetView view) {
    return view.serving() > 0 ? health(200, "ready", view) : health(503, "not ready", view);
  }

  private static Answer health(int status, String word, FleetView view) {
    return Answer.json(status, Json.write(new Health(word, view.desired(), view.serving())));
  }
}
