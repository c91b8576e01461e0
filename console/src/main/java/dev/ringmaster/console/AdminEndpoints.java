package dev.ringmaster.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.answer.Json;
import dev.ringmaster.console.answer.Route;
import dev.ringmaster.console.command.ClassicEndpoints;
import dev.ringmaster.console.command.Commands;
import dev.ringmaster.console.command.ReloadCommand;
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
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the admin port answers: the classic endpoints, the JSON API, the probes, the metrics.
final class AdminEndpoints implements OwnEndpoints, AutoCloseable {
  private static final List<String> POST = List.of("POST");

  private record Health(String status, @JsonProperty("N") int n, int serving) {}

  private record StatusOfAll(List<Status> services) {}

  private record TablesOfAll(List<TableDump> services) {}

  private final ConsoleSettings settings;
  private final ControlAccess access;
  private final Sources sources;
  private final Metrics metrics;
  private final Map<String, Route> routes;

  AdminEndpoints(ConsoleSettings settings, Sources sources) {
    this.settings = settings;
    this.access = settings.access().onConsole();
    this.sources = sources;
    Supplier<FleetControl> first = () -> sources.first().fleet();
    ClassicEndpoints classic = new ClassicEndpoints(first, access, settings.commandWait());
    Map<String, Route> paths = new HashMap<>(classic.routes());
    paths.put("/api/add", command(Commands::add));
    paths.put("/api/rm", command(Commands::remove));
    paths.put("/api/drain", command(Commands::drain));
    paths.put("/api/undrain", command(Commands::undrain));
    paths.put("/api/weight", command(Commands::weigh));
    paths.put("/api/restart", command(Commands::restart));
    paths.put("/api/reload", new Route(POST, new ReloadCommand(access, sources.reloads())::answer));
    paths.put("/api/status", reading(fleet -> Status.of(fleet.view()), StatusOfAll::new));
    paths.put("/api/table", reading(fleet -> TableDump.of(fleet.view()), TablesOfAll::new));
    Set<String> own =
        new ClassicEndpoints(first, settings.access(), settings.commandWait()).paths();
    paths.put("/api/heavy-keys", Route.reading(_ -> json(HeavyKeys.of(sources.ledger().get()))));
    paths.put(
        "/api/explain", Route.reading(question -> explain(sources, own, question)).orWith("POST"));
    paths.put("/healthz", Route.reading(_ -> health(200, "alive")));
    paths.put("/readyz", Route.reading(_ -> ready()));
    paths.put("/metrics", Route.reading(this::scraped));
    paths.put("/", Route.reading(_ -> IndexPage.ANSWER));
    this.metrics =
        new Metrics(
            () -> sources.services().get().stream().map(ServiceSource::observed).toList(),
            sources.ledger(),
            sources.reloads().counts(),
            sources.queues().queues(),
            InstantSource.system());
    this.routes = Map.copyOf(paths);
  }

  @Override
  public Set<String> paths() {
    return routes.keySet();
  }

  @Override
  public int mostBodyBytes(String path) {
    JoinedEndpoints queues = sources.queues().endpoints();
    return queues.covers(path) ? queues.mostBodyBytes(path) : MAX_BODY_BYTES;
  }

  @Override
  public CompletionStage<Answer> answer(Question question) {
    JoinedEndpoints queues = sources.queues().endpoints();
    if (queues.covers(question.path())) {
      return queues.answer(question);
    }
    if (!isText(question.content())) {
      return now(Answers.failure(400, "The body is not UTF-8"));
    }
    Route route = routes.get(question.path());
    return route == null
        ? CompletableFuture.completedFuture(
            Answers.failure(
                404, "'" + question.path() + "' endpoint does not exist in the console"))
        : route.answer(question);
  }

  private static boolean isText(byte[] body) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return true;
    } catch (CharacterCodingException notText) {
      return false;
    }
  }

  @Override
  public void close() {
    metrics.close();
  }

  /// The shards of the queues too, where `?shards=true` asks for them.
  private Answer scraped(Question question) {
    boolean shards = List.of(question.query().split("&", -1)).contains("shards=true");
    String text = shards ? metrics.scrape() + metrics.scrapeShards() : metrics.scrape();
    return new Answer(200, Map.of("Content-Type", Metrics.MEDIA_TYPE), text);
  }

  /// A command to one service, which must be named where there are several.
  private Route command(BiFunction<Commands, Question, CompletionStage<Answer>> command) {
    return new Route(
        POST,
        question ->
            switch (ServiceChoice.of(question, sources.services().get())) {
              case ServiceChoice.Of(var service) ->
                  command.apply(
                      new Commands(service.fleet(), access, settings.commandWait()), question);
              case ServiceChoice.Open(var services) -> now(ServiceChoice.ambiguous(services));
              case ServiceChoice.Wrong(var answer) -> now(answer);
            });
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  /// A report on the service that is named, or on the only one; else on all.
  private <T> Route reading(Function<FleetControl, T> report, Function<List<T>, Object> all) {
    return Route.reading(question ->
        switch (ServiceChoice.of(question, sources.services().get())) {
          case ServiceChoice.Of(var service) -> json(report.apply(service.fleet()));
          case ServiceChoice.Open(var services) ->
              json(all.apply(services.stream().map(ServiceSource::fleet).map(report).toList()));
          case ServiceChoice.Wrong(var answer) -> answer;
        });
  }

  private static Answer json(Object report) {
    return Answer.json(200, Json.write(report));
  }

  /// @param own the paths of the traffic port that reach no replica
  private static Answer explain(Sources sources, Set<String> own, Question question) {
    Explained explained;
    try {
      RequestFacts facts = Explained.asked(question);
      Explanation explanation = sources.explain().apply(facts);
      FleetView view = sources.first().fleet().view();
      String path = facts.target().split("\\?", 2)[0];
      explained = own.contains(path) ? Explained.ofOwn(view, path) : Explained.of(explanation);
    } catch (IllegalArgumentException noRequest) {
      return Answers.failure(400, "Cannot explain this: " + noRequest.getMessage());
    }
    return Answer.json(200, Json.write(explained));
  }

  /// Ready means that each service has a replica that serves, so that requests are answered.
  private Answer ready() {
    boolean all =
        sources.services().get().stream()
            .map(service -> service.fleet().view())
            .allMatch(view -> view.serving() > 0);
    return all ? health(200, "ready") : health(503, "not ready");
  }

  private Answer health(int status, String word) {
    int desired = 0;
    int serving = 0;
    for (ServiceSource service : sources.services().get()) {
      FleetView view = service.fleet().view();
      desired += view.desired();
      serving += view.serving();
    }
    return Answer.json(status, Json.write(new Health(word, desired, serving)));
  }
}
