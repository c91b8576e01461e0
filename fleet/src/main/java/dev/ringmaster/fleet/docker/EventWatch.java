package dev.ringmaster.fleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// Listens to the engine's events, for as long as it lives. When the stream breaks it is opened
/// again, and what may have been missed is looked up, after the stream stands: no exit is lost.
final class EventWatch implements AutoCloseable {
  private static final String[] EVENTS = {"oom", "die", "destroy"};
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DockerClient client;
  private final DockerSettings settings;
  private final Consumer<Event> listener;
  private final Runnable lookUp;
  private final Thread thread;

  /// @param listener hears of the containers of this service, on any thread
  /// @param lookUp is run each time when the stream stands, and may fail if it breaks again
  EventWatch(
      DockerClient client, DockerSettings settings, Consumer<Event> listener, Runnable lookUp) {
    this.client = client;
    this.settings = settings;
    this.listener = listener;
    this.lookUp = lookUp;
    this.thread = Thread.ofVirtual().name("docker-events").start(this::watch);
  }

  private void watch() {
    Duration pause = FIRST_PAUSE;
    try {
      while (true) {
        Duration next = pause.multipliedBy(2);
        pause =
            listenOnce() ? FIRST_PAUSE : next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
        Thread.sleep(pause);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /// Listens until the stream breaks.
  ///
  /// @return whether it stood before
  private boolean listenOnce() throws InterruptedException {
    Stream<Event> stream = new Stream<>(listener);
    try (stream) {
      client
          .eventsCmd()
          .withEventTypeFilter(EventType.CONTAINER)
          .withEventFilter(EVENTS)
          .withLabelFilter(Labels.ofContainer(settings))
          .exec(stream);
      stream.opened().get();
      lookUp.run();
      stream.ended().get();
      return true;
    } catch (ExecutionException | RuntimeException broken) {
      return stream.opened().isDone() && !stream.opened().isCompletedExceptionally();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
