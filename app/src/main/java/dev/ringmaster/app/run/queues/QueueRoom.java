package dev.ringmaster.app.run.queues;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.QueueReading;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Queueing;
import dev.ringmaster.console.JoinedEndpoints;
import dev.ringmaster.console.QueueSource;
import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.access.ControlMode;
import dev.ringmaster.console.queue.Consumers;
import dev.ringmaster.console.queue.QueueEndpoints;
import dev.ringmaster.console.queue.QueueRules;
import dev.ringmaster.console.queue.TermsReading;
import dev.ringmaster.console.queue.WaitingRequests;
import dev.ringmaster.console.queue.read.CallbackRule;
import dev.ringmaster.console.topics.TopicEndpoints;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.QueueDoor;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.store.StoreFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The queues of a Ringmaster, and what is answered about them on both ports.
public final class QueueRoom implements AutoCloseable {
  private final Values values;
  private final ControlAccess control;
  private final LateQueues queues;
  private final TermsReading reading;
  private final RandomGenerator random;

  /// What queues need of the rest.
  ///
  /// @param data where state is kept
  /// @param control who may change things
  /// @param services the names of the services of the moment
  /// @param random safe for several threads, and not to be guessed
  public record Surroundings(
      Path data, ControlAccess control, Supplier<Set<String>> services, RandomGenerator random) {}

  private QueueRoom(Values values, Surroundings around, LateQueues queues) {
    this.values = values;
    this.control = around.control();
    this.queues = queues;
    this.random = around.random();
    this.reading =
        (name, json, before) -> QueueReading.read(name, json, around.services().get(), before);
  }

  /// The room that the settings describe. Its store is opened if there is one already, or if queues
  /// are declared. Blocks.
  ///
  /// @throws StoreFault if the store cannot be used
  /// @throws IOException if the file with its password cannot be read
  public static QueueRoom open(Configuration configuration, Surroundings around)
      throws StoreFault, IOException {
    Values values = configuration.process();
    if (!values.get(Queueing.QUEUE)) {
      return new QueueRoom(values, around, LateQueues.none());
    }
    LateQueues queues = new LateQueues(Stores.opening(values, around.data(), around.random()));
    if (!configuration.queues().isEmpty() || Stores.mayHold(values, around.data())) {
      queues.open(configuration.queues());
    }
    return new QueueRoom(values, around, queues);
  }

  /// From now on messages go to replicas by this courier.
  public void deliverBy(Courier courier) {
    queues.deliverBy(courier);
  }

  /// Makes the declared queues hold, as far as they differ from before.
  ///
  /// @return what was refused, a line each
  public List<String> reload(Configuration before, Configuration after) {
    List<QueueTerms> changed = new ArrayList<>(after.queues());
    changed.removeAll(before.queues());
    return queues.declare(changed);
  }

  /// Where requests go that shall wait; null if there are no queues.
  public @Nullable QueueDoor door() {
    return values.get(Queueing.QUEUE) ? new WaitingRequests(queues, callbacks()) : null;
  }

  /// What the traffic port answers.
  public List<OwnEndpoints> onTraffic() {
    return endpoints(control);
  }

  /// What the console shows and answers.
  public QueueSource onConsole() {
    return new QueueSource(queues::queues, new JoinedEndpoints(endpoints(control.onConsole())));
  }

  private List<OwnEndpoints> endpoints(ControlAccess access) {
    if (!values.get(Queueing.QUEUE)) {
      return List.of();
    }
    Consumers consumers =
        Consumers.valueOf(values.get(Queueing.CONSUMERS).toUpperCase(Locale.ROOT));
    QueueRules rules = new QueueRules(access, consumers, callbacks());
    List<OwnEndpoints> all = new ArrayList<>();
    all.add(new QueueEndpoints(queues, rules, reading, InstantSource.system()));
    if (values.get(Queueing.CLASSIC)) {
      ControlAccess consuming =
          switch (consumers) {
            case CONTROL -> access;
            case OPEN -> new ControlAccess(ControlMode.OPEN, null, Set.of());
          };
      all.add(new TopicEndpoints(queues, access, consuming, random));
    }
    return all;
  }

  private CallbackRule callbacks() {
    return new CallbackRule(
        values.find(Queueing.CALLBACKS).orElse(List.of()), values.get(Queueing.CALLBACK_PRIVATE));
  }

  /// Gives nothing out any more and lets what is in flight end. Blocks.
  @Override
  public void close() {
    queues.close();
  }

  /// Closes the store, when nobody asks any more.
  public void closeStore() {
    queues.closeStore();
  }
}
