package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.console.ServiceSource;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.store.DataDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The services that run, in the order of the settings. Whoever reloads is the one writer; all
/// others read the list of the moment.
final class Services implements AutoCloseable {
  /// How often is looked whether a leaving service's requests have ended.
  private static final long LOOK_NS = 50_000_000;

  private final Ground ground;
  private final List<ServiceUnit> leaving = new CopyOnWriteArrayList<>();
  private volatile List<ServiceUnit> units;

  private Services(Ground ground, List<ServiceUnit> units) {
    this.ground = ground;
    this.units = units;
  }

  /// Starts all; returns before their replicas serve.
  ///
  /// @throws CannotStart if one cannot, with none left running
  static Services start(Configuration configuration, Ground ground)
      throws CannotStart, DataDirectory.Unusable, IOException {
    List<ServiceUnit> started = new ArrayList<>();
    Services services = new Services(ground, List.of());
    try {
      for (Values values : configuration.services()) {
        started.add(services.start(configuration, values));
      }
    } catch (CannotStart | DataDirectory.Unusable | IOException | RuntimeException e) {
      close(started);
      throw e;
    }
    services.units = List.copyOf(started);
    return services;
  }

  /// Starts one more, which is not among these yet.
  ServiceUnit start(Configuration configuration, Values values)
      throws CannotStart, DataDirectory.Unusable, IOException {
    String name = values.get(Replicas.SERVICE);
    Quarters quarters =
        switch (configuration.form()) {
          case ONE -> Quarters.ofOnly(ground.data().path());
          case LIST -> Quarters.ofOneOfSeveral(ground.data().path(), name);
        };
    return ServiceUnit.start(values, quarters, ground);
  }

  byte[] secret() {
    return ground.secret();
  }

  List<ServiceUnit> units() {
    return units;
  }

  @Nullable ServiceUnit find(String name) {
    for (ServiceUnit unit : units) {
      if (unit.name().equals(name)) {
        return unit;
      }
    }
    return null;
  }

  /// From now on these run.
  void become(List<ServiceUnit> next) {
    units = List.copyOf(next);
  }

  /// A service that no new request gets: it is closed beside, when its requests have ended or its
  /// drain time-out has passed.
  ///
  /// @param ended whether they have
  void leave(ServiceUnit unit, BooleanSupplier ended) {
    leaving.add(unit);
    Thread.ofVirtual()
        .name("leave-" + unit.name())
        .start(() -> {
          long deadlineNs = System.nanoTime() + unit.settings().drainTimeout().toNanos();
          while (!ended.getAsBoolean() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(LOOK_NS);
          }
          unit.close();
          leaving.remove(unit);
        });
  }

  /// Waits until no earlier service of this name is on its way out, since it has the same files.
  void awaitGone(String name) {
    for (ServiceUnit unit : leaving) {
      if (unit.name().equals(name)) {
        unit.close();
      }
    }
  }

  /// As the console shows them.
  List<ServiceSource> sources() {
    return units.stream().map(ServiceUnit::source).toList();
  }

  /// The fleet that the classic endpoints mean.
  FleetControl first() {
    return units.getFirst().fleet();
  }

  Map<String, FleetControl> fleets() {
    return units.stream().collect(Collectors.toMap(ServiceUnit::name, ServiceUnit::fleet));
  }

  /// Ends when each is as ready as it comes, with their views.
  CompletableFuture<List<FleetView>> ready() {
    List<CompletableFuture<FleetView>> each = units.stream().map(ServiceUnit::ready).toList();
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
        .thenApply(_ -> each.stream().map(CompletableFuture::join).toList());
  }

  /// Stops all, side by side.
  @Override
  public void close() {
    List<ServiceUnit> all = new ArrayList<>(units);
    all.addAll(leaving);
    close(all);
  }

  private static void close(List<ServiceUnit> units) {
    List<Thread> closers = new ArrayList<>();
    for (ServiceUnit unit : units) {
      closers.add(Thread.ofVirtual().name("close-" + unit.name()).start(unit::close));
    }
    for (Thread closer : closers) {
      join(closer);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
