package dev.ringmaster.fleet.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The containers of one service: which ones live, and the news of each one's end, once.
///
/// A container is *born* from its creation until it is known to run, then *alive* until its end is
/// heard of. An end that is heard of while it is born is kept for the moment when it would be
// alive.
final class Containers implements AutoCloseable {
  /// Of how many containers that ended the last output is kept.
  private static final int FAREWELLS = 64;

  private static final Duration FAREWELL_PATIENCE = Duration.ofSeconds(6);
  private static final Duration REMOVAL_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Engine engine;
  private final DockerSettings settings;
  private final Map<String, String> born = new ConcurrentHashMap<>();
  private final Map<String, Instance> alive = new ConcurrentHashMap<>();
  private final Set<String> outOfMemory = ConcurrentHashMap.newKeySet();
  private final Map<String, CompletableFuture<List<String>>> farewells = new ConcurrentHashMap<>();
  private volatile Consumer<Exit> listener = exit -> {};
  private volatile @Nullable EventWatch watch;

  Containers(Engine engine, DockerSettings settings) {
    this.engine = engine;
    this.settings = settings;
  }

  /// Begins to listen for ends.
  void watch(Consumer<Exit> exits) {
    listener = exits;
    watch = new EventWatch(engine.patient(), settings, this::hear, this::lookUp);
  }

  /// All containers with this service's labels, ended ones too.
  List<Container> list() {
    return engine
        .quick()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Labels.ofContainer(settings))
        .exec();
  }

  /// Whether a container has a life to lose: a paused one hangs, but it lives.
  static boolean isAlive(Container container) {
    return "running".equals(container.getState()) || "paused".equals(container.getState());
  }

  InspectContainerResponse inspect(String id) {
    return engine.quick().inspectContainerCmd(id).exec();
  }

  /// Creates a container, which is born then.
  String create(CreateContainerCmd recipe) {
    String id = recipe.exec().getId();
    born.put(id, "");
    return id;
  }

  /// A container runs; if its end was heard of already, that is told at once.
  void alive(Instance instance) {
    alive.put(instance.handle(), instance);
    String end = born.remove(instance.handle());
    if (end != null && !end.isEmpty()) {
      ended(instance.handle(), end);
    }
  }

  void forEachAlive(Consumer<Instance> visitor) {
    alive.values().forEach(visitor);
  }

  /// A container's end is told, if it was not before.
  void ended(String id, String reason) {
    Instance instance = alive.remove(id);
    if (instance != null) {
      listener.accept(new Exit(instance, reason));
    }
  }

  /// A living container is about to be stopped: its end is not news any more.
  ///
  /// @return what tells its end, to be run when it is gone
  Runnable ending(Instance instance) {
    boolean lived = alive.remove(instance.handle(), instance);
    return lived ? () -> listener.accept(new Exit(instance, "stopped")) : () -> {};
  }

  /// Removes a container that never came to life.
  void discard(String id) throws InterruptedException {
    alive.remove(id);
    try {
      remove(id);
    } catch (RuntimeException unanswered) {
      // It is found and removed when the engine answers again, since it will no longer be born.
    }
    born.remove(id);
  }

  /// Removes what is left of an ended container of this fleet that has this name.
  ///
  /// @return false if the name is taken by a container of someone else, or by a living one
  boolean removeLeftover(String name) throws InterruptedException {
    try {
      InspectContainerResponse container = inspect(name);
      boolean leftover =
          Labels.isOurs(container.getConfig().getLabels(), settings)
              && !Boolean.TRUE.equals(container.getState().getRunning());
      if (leftover) {
        remove(container.getId());
      }
      return leftover;
    } catch (NotFoundException gone) {
      return true;
    }
  }

  /// Ends a container by force and removes it, with the volumes that have no name. Returns when it
  /// is gone.
  void remove(String id) {
    long deadlineNs = System.nanoTime() + REMOVAL_PATIENCE.toNanos();
    while (true) {
      try {
        engine.quick().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
        return;
      } catch (NotFoundException gone) {
        return;
      } catch (ConflictException underWay) {
        if (System.nanoTime() > deadlineNs || !pause()) {
          throw underWay;
        }
      }
    }
  }

  /// The last lines that a container wrote, also if it has ended.
  List<String> lastOutput(String id, int lines) {
    CompletableFuture<List<String>> farewell = farewells.get(id);
    if (farewell == null) {
      return Output.last(engine.quick(), id, lines);
    }
    List<String> kept =
        farewell
            .completeOnTimeout(List.of(), FAREWELL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    return kept.subList(Math.max(0, kept.size() - lines), kept.size());
  }

  private void hear(Event event) {
    String id = Objects.requireNonNullElse(event.getId(), "");
    String action = Objects.requireNonNullElse(event.getAction(), "");
    switch (action) {
      case "oom" -> outOfMemory.add(id);
      case "die" -> {
        var actor = event.getActor();
        var attributes = actor == null ? null : actor.getAttributes();
        String code = attributes == null ? "" : attributes.getOrDefault("exitCode", "");
        died(id, outOfMemory.remove(id) ? "out of memory" : reason(code));
      }
      case "destroy" -> died(id, "container removed");
      default -> {}
    }
  }

  /// 128 + n is how Docker tells that signal n ended it.
  private static String reason(String exitCode) {
    int code = exitCode.matches("[0-9]{1,3}") ? Integer.parseInt(exitCode) : 0;
    return code > 128 && code < 193 ? "signal " + (code - 128) : "exit code " + exitCode;
  }

  private void died(String id, String reason) {
    born.computeIfPresent(id, (key, none) -> reason);
    if (alive.containsKey(id)) {
      keepFarewell(id);
      ended(id, reason);
    }
  }

  /// Keeps the last output, then removes the container, beside the stream of events.
  private void keepFarewell(String id) {
    CompletableFuture<List<String>> farewell = new CompletableFuture<>();
    if (farewells.putIfAbsent(id, farewell) != null) {
      return;
    }
    while (farewells.size() > FAREWELLS) {
      farewells.remove(farewells.keySet().iterator().next());
    }
    Thread.ofVirtual()
        .name("docker-farewell")
        .start(() -> {
          farewell.complete(Output.last(engine.quick(), id, Output.MAX_LINES));
          try {
            remove(id);
          } catch (RuntimeException unanswered) {
            // It is found and removed when the engine answers again.
          }
        });
  }

  /// Looks for ends that were not heard of, and removes what is left of ended containers. A
  /// container that is only created may be one that is about to start.
  private void lookUp() {
    Set<String> before = Set.copyOf(alive.keySet());
    Set<String> found = new HashSet<>();
    List<String> leftovers = new ArrayList<>();
    for (Container container : list()) {
      String id = container.getId();
      if (isAlive(container)) {
        found.add(id);
      } else if (!isKnown(id) && !"created".equals(container.getState())) {
        leftovers.add(id);
      }
    }
    for (String id : before) {
      if (!found.contains(id)) {
        died(id, "ended while the engine's events could not be heard");
      }
    }
    leftovers.forEach(this::remove);
  }

  private boolean isKnown(String id) {
    return alive.containsKey(id) || born.containsKey(id) || farewells.containsKey(id);
  }

  private static boolean pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
      return true;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    EventWatch watching = watch;
    if (watching != null) {
      watching.close();
    }
  }
}
