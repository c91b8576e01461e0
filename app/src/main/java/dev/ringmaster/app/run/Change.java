package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.RuntimeKind;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.app.settings.catalog.Setting;
import dev.ringmaster.fleet.Fleet;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.fleet.store.DataDirectory;
import dev.ringmaster.gateway.Gateway;
import dev.ringmaster.gateway.ledger.LedgerTotals.ServiceTotals;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.ring.RingFullException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a reload whose settings are right: what the loops are to serve is made and judged,
/// the new services start and serve, the running ones get their new N or targets, then every event
/// loop takes the new services and routes, then the services that are gone are left to end. Until
/// the loops take them all can be undone; from then on nothing is.
final class Change {
  /// How long the disk may take to keep a new N.
  private static final Duration ORDER_PATIENCE = Duration.ofSeconds(10);

  private static final long LOOK_NS = 5_000_000;

  private static final Logger log = LoggerFactory.getLogger(Change.class);

  private final Configuration old;
  private final Configuration fresh;
  private final Services services;
  private final Gateway gateway;
  private final List<ServiceUnit> started = new ArrayList<>();
  private final List<ServiceUnit> next = new ArrayList<>();
  private final Map<ServiceUnit, FleetView> resized = new LinkedHashMap<>();
  private final List<ServiceUnit> retargeted = new ArrayList<>();

  /// It cannot be done, and nothing was; the message says why.
  static final class Impossible extends Exception {
    Impossible(String message) {
      super(message);
    }
  }

  Change(Configuration old, Configuration fresh, Services services, Gateway gateway) {
    this.old = old;
    this.fresh = fresh;
    this.services = services;
    this.gateway = gateway;
  }

  /// Blocks until the new settings hold.
  ///
  /// @throws Impossible if they cannot; the old ones hold
  void make() throws Impossible {
    Plane plane;
    try {
      plane = prepare();
    } catch (CannotStart | DataDirectory.Unusable | RingFullException | IOException e) {
      undo();
      throw new Impossible(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      undo();
      Thread.currentThread().interrupt();
      throw new Impossible("Ringmaster is stopping");
    } catch (Impossible | RuntimeException e) {
      undo();
      throw e;
    }
    gateway.reload(plane);
    letGo();
  }

  /// All that can fail, and the plane for the loops. What needs nothing started comes first: a
  /// wrong plane costs no replica.
  private Plane prepare()
      throws Impossible, CannotStart, DataDirectory.Unusable, IOException, InterruptedException {
    PlaneDraft draft = PlaneDraft.of(fresh, services.secret());
    startNewServices();
    awaitServing();
    Map<String, FleetControl> fleets = new HashMap<>();
    next.forEach(unit -> fleets.put(unit.name(), unit.fleet()));
    Plane plane = draft.over(fleets);
    resize();
    retarget();
    return plane;
  }

  private void startNewServices() throws CannotStart, DataDirectory.Unusable, IOException {
    for (Values values : fresh.services()) {
      String name = values.get(Replicas.SERVICE);
      ServiceUnit running = services.find(name);
      if (running != null && !needsNewFleet(running, values)) {
        next.add(running);
      } else {
        services.awaitGone(name);
        ServiceUnit unit = services.start(fresh, values);
        started.add(unit);
        next.add(unit);
      }
    }
  }

  /// A service of static targets takes what its fleet has from its start by a new fleet, which
  /// starts nothing. So it does if no target that serves would stay: then the new ones are awaited,
  /// and the old ones keep the requests until then.
  private boolean needsNewFleet(ServiceUnit running, Values values) throws CannotStart {
    if (RuntimeKind.of(values) != RuntimeKind.STATIC) {
      return false;
    }
    Values before = before(running.name());
    return Differences.OF_FLEET.stream().anyMatch(setting -> differs(setting, before, values))
        || (differs(Replicas.TARGETS, before, values) && !someStay(running, values));
  }

  private static boolean differs(Setting<?> setting, Values before, Values values) {
    return !before.text(setting).equals(values.text(setting));
  }

  private static boolean someStay(ServiceUnit running, Values values) throws CannotStart {
    Set<String> staying = new HashSet<>();
    Runtimes.given(values).forEach(target -> staying.add(target.name()));
    FleetView view = running.fleet().view();
    return view.replicas().stream()
        .anyMatch(replica -> staying.contains(replica.name()) && view.serves(replica));
  }

  private Values before(String name) {
    for (Values before : old.services()) {
      if (before.get(Replicas.SERVICE).equals(name)) {
        return before;
      }
    }
    throw new IllegalStateException("service " + name + " runs and has no settings");
  }

  private void awaitServing() throws Impossible {
    List<CompletableFuture<FleetView>> ready = started.stream().map(ServiceUnit::ready).toList();
    for (int i = 0; i < started.size(); i++) {
      FleetView view = ready.get(i).join();
      if (view.desired() > 0 && view.serving() == 0) {
        throw new Impossible(
            "service " + started.get(i).name() + ": none of its replicas serves; the log says why");
      }
    }
  }

  /// Gives the running services the N of the file where the file's N is another one than before.
  private void resize() throws Impossible, InterruptedException {
    for (Values values : fresh.services()) {
      ServiceUnit unit = services.find(values.get(Replicas.SERVICE));
      if (unit == null || !next.contains(unit)) {
        continue;
      }
      int wanted = values.get(Replicas.REPLICAS);
      if (RuntimeKind.of(values) != RuntimeKind.STATIC
          && wanted != before(unit.name()).get(Replicas.REPLICAS)) {
        resized.put(unit, unit.fleet().view());
        resize(unit, wanted, List.of());
      }
    }
  }

  /// Ends when N is commanded; new replicas serve when they do.
  ///
  /// @param leaving who leaves first if some must
  private static void resize(ServiceUnit unit, int wanted, List<String> leaving)
      throws Impossible, InterruptedException {
    Fleet fleet = unit.fleet();
    int now = fleet.view().desired();
    if (wanted == now) {
      return;
    }
    CompletableFuture<FleetView> order =
        wanted > now ? fleet.add(wanted - now, List.of()) : fleet.remove(now - wanted, leaving);
    long deadlineNs = System.nanoTime() + ORDER_PATIENCE.toNanos();
    while (!order.isDone() && fleet.view().desired() != wanted) {
      if (System.nanoTime() > deadlineNs) {
        throw new Impossible("service " + unit.name() + ": N cannot be kept on the disk in time");
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(LOOK_NS);
    }
    try {
      if (order.isDone() && fleet.view().desired() != wanted) {
        order.get();
      }
    } catch (ExecutionException e) {
      throw refused(unit, e);
    }
  }

  /// Gives the running services of static targets those of the file. It is not waited for new ones
  /// to serve: some that stay do.
  private void retarget() throws Impossible, CannotStart, InterruptedException {
    for (Values values : fresh.services()) {
      ServiceUnit unit = services.find(values.get(Replicas.SERVICE));
      if (unit == null
          || !next.contains(unit)
          || RuntimeKind.of(values) != RuntimeKind.STATIC
          || !differs(Replicas.TARGETS, before(unit.name()), values)) {
        continue;
      }
      retargeted.add(unit);
      retarget(unit, values);
    }
  }

  private static void retarget(ServiceUnit unit, Values values)
      throws Impossible, CannotStart, InterruptedException {
    try {
      unit.fleet()
          .retarget(Runtimes.given(values))
          .get(ORDER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Impossible("service " + unit.name() + ": its targets cannot be changed in time");
    } catch (ExecutionException e) {
      throw refused(unit, e);
    }
  }

  private static Impossible refused(ServiceUnit unit, ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new Impossible("service " + unit.name() + ": " + cause.getMessage());
  }

  /// As far as it can be: what one service does not take back must not keep the others from it.
  private void undo() {
    started.forEach(ServiceUnit::close);
    resized.forEach(
        (unit, before) -> takeBack(() -> resize(unit, before.desired(), newcomers(unit, before))));
    retargeted.forEach(unit -> takeBack(() -> retarget(unit, before(unit.name()))));
  }

  /// Those on seats who were not there before: none of the others may leave in their stead.
  private static List<String> newcomers(ServiceUnit unit, FleetView before) {
    Set<String> known = new HashSet<>();
    before.replicas().forEach(replica -> known.add(replica.name()));
    return unit.fleet().view().replicas().stream()
        .filter(replica -> replica.seat() != Replica.SPARE)
        .map(Replica::name)
        .filter(name -> !known.contains(name))
        .limit(Math.max(0, unit.fleet().view().desired() - before.desired()))
        .toList();
  }

  private interface Step {
    void run() throws Impossible, CannotStart, InterruptedException;
  }

  private static void takeBack(Step step) {
    try {
      step.run();
    } catch (Impossible | CannotStart e) {
      log.error("A reload cannot be undone whole: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The services that are gone, and the fleets that others replace.
  private void letGo() {
    List<ServiceUnit> gone = new ArrayList<>(services.units());
    gone.removeAll(next);
    services.become(next);
    for (ServiceUnit unit : gone) {
      services.leave(
          unit, services.find(unit.name()) == null ? () -> idle(unit.name()) : () -> unused(unit));
    }
  }

  private boolean idle(String service) {
    for (ServiceTotals totals : gateway.totals().services()) {
      if (totals.service().equals(service)) {
        return totals.inFlight() == 0;
      }
    }
    return true;
  }

  private static boolean unused(ServiceUnit unit) {
    return unit.fleet().view().replicas().stream()
        .allMatch(replica -> replica.load().inFlight() == 0);
  }
}
