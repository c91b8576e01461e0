package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Values;
import dev.ringmaster.console.ServiceSource;
import dev.ringmaster.fleet.Fleet;
import dev.ringmaster.fleet.FleetSettings;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.store.DataDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One service that runs: its runtime and its fleet.
final class ServiceUnit implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServiceUnit.class);

  /// How much longer than a replica may take to start it waits to be ready.
  private static final Duration READY_MARGIN = Duration.ofSeconds(5);

  private final FleetSettings settings;
  private final Fleet fleet;
  private final Closing closing;
  private final ReentrantLock closingLock = new ReentrantLock();

  private ServiceUnit(FleetSettings settings, Fleet fleet, Closing closing) {
    this.settings = settings;
    this.fleet = fleet;
    this.closing = closing;
  }

  /// Starts it; returns before its replicas serve.
  ///
  /// @throws CannotStart if it cannot, with nothing left running
  static ServiceUnit start(Values values, Quarters quarters, Ground ground)
      throws CannotStart, DataDirectory.Unusable, IOException {
    FleetSettings settings = Plan.fleet(values).withPrefix(quarters.prefix());
    Closing closing = new Closing();
    try {
      ReplicaRuntime runtime = closing.add(Runtimes.of(values, quarters.directory(), ground));
      Fleet fleet =
          closing.add(
              Fleet.start(settings, runtime, ground.data(), System::nanoTime, ground.random()));
      return new ServiceUnit(settings, fleet, closing);
    } catch (DataDirectory.Unusable | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  String name() {
    return settings.service();
  }

  FleetSettings settings() {
    return settings;
  }

  Fleet fleet() {
    return fleet;
  }

  ServiceSource source() {
    return new ServiceSource(name(), fleet, fleet::stats);
  }

  /// Ends when N serve, or when it is known that not all do, with the view of that moment.
  CompletableFuture<FleetView> ready() {
    Duration limit = settings.health().startTimeout().plus(READY_MARGIN);
    return fleet
        .ready()
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .handle((view, failure) -> {
          if (failure != null) {
            log.warn("Not all replicas of {} serve: {}", name(), reason(failure));
          }
          return fleet.view();
        });
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? "they take too long to start" : cause.getMessage();
  }

  /// Lets the replicas' requests end and stops them. Returns when that is done, whoever began it.
  @Override
  public void close() {
    closingLock.lock();
    try {
      closing.close();
    } finally {
      closingLock.unlock();
    }
  }
}
