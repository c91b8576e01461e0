package dev.ringmaster.app.run;

import dev.ringmaster.app.run.queues.QueueRoom;
import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.console.Console;
import dev.ringmaster.console.JoinedEndpoints;
import dev.ringmaster.console.Sources;
import dev.ringmaster.console.command.ClassicEndpoints;
import dev.ringmaster.console.reload.Reloads;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.store.DataDirectory;
import dev.ringmaster.gateway.Gateway;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.ring.RingFullException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// A whole Ringmaster: data directory, services, queues, gateway, console; made in this order,
/// closed in the order reloads, queues, gateway, console, the queues' store, services, data
/// directory, so that messages and requests in flight end before their replicas do, and what became
/// of them is kept.
public final class Ringmaster implements AutoCloseable {
  private final Plan plan;
  private final Services services;
  private final Gateway gateway;
  private final Console console;
  private final Reload reload;
  private final Closing closing;

  private Ringmaster(Plan plan, Services services, Doors doors, Reload reload, Closing closing) {
    this.plan = plan;
    this.services = services;
    this.gateway = doors.gateway;
    this.console = doors.console;
    this.reload = reload;
    this.closing = closing;
  }

  /// Where it is spoken to.
  private record Doors(Gateway gateway, Console console) {}

  /// Starts everything; returns when traffic is listened for, which is before the replicas serve.
  ///
  /// @param reading reads the settings again
  /// @throws CannotStart if it cannot, with nothing left behind
  public static Ringmaster start(Configuration configuration, SettingsReading reading)
      throws CannotStart {
    Closing closing = new Closing();
    try {
      return start(configuration, reading, closing);
    } catch (DataDirectory.Unusable | RingFullException | StoreFault | IOException e) {
      closing.close();
      throw new CannotStart(String.valueOf(e.getMessage()), e);
    } catch (CannotStart | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static Ringmaster start(
      Configuration configuration, SettingsReading reading, Closing closing)
      throws CannotStart, DataDirectory.Unusable, StoreFault, IOException {
    Values process = configuration.process();
    PortCheck.free(Plan.trafficAddress(process), "--port");
    PortCheck.free(Plan.consoleAddress(process), "--admin-port");
    Optional<InetSocketAddress> tls = Plan.tlsAddress(process);
    if (tls.isPresent()) {
      PortCheck.free(tls.get(), "--tls-port");
    }
    Plan plan = Plan.of(process);
    // Before there is a data directory, so that a jar that is not there leaves none behind.
    var _ = PlaneDraft.of(configuration, new byte[FleetSecret.BYTES]);
    DataDirectory data = closing.add(DataDirectory.open(process.get(Replicas.DATA)));
    Ground ground = Ground.in(data, new SecureRandom());
    Services services = closing.add(Services.start(configuration, ground));
    QueueRoom queues = QueueRoom.open(configuration, surroundings(plan, ground, services));
    closing.add(queues::closeStore);
    Plane plane = PlaneDraft.of(configuration, ground.secret()).over(services.fleets());
    Gateway gateway =
        Gateway.start(plan.gateway(), plane, onTraffic(plan, services, queues), queues.door());
    queues.deliverBy(gateway.courier());
    Rooms rooms = new Rooms(services, queues, gateway);
    Reload reload = new Reload(configuration, reading, rooms);
    Console console = console(plan, rooms, reload);
    closing.add(console);
    closing.add(gateway);
    closing.add(queues);
    closing.add(reload);
    return new Ringmaster(plan, services, new Doors(gateway, console), reload, closing);
  }

  private static QueueRoom.Surroundings surroundings(Plan plan, Ground ground, Services services) {
    return new QueueRoom.Surroundings(
        ground.data().path(),
        plan.console().access(),
        () -> services.fleets().keySet(),
        ground.random());
  }

  private static OwnEndpoints onTraffic(Plan plan, Services services, QueueRoom queues) {
    List<OwnEndpoints> all = new ArrayList<>();
    all.add(
        new ClassicEndpoints(
            services::first, plan.console().access(), plan.console().commandWait()));
    all.addAll(queues.onTraffic());
    return new JoinedEndpoints(all);
  }

  private static Console console(Plan plan, Rooms rooms, Reload reload) throws IOException {
    Gateway gateway = rooms.gateway();
    Sources sources =
        new Sources(
            rooms.services()::sources,
            gateway::totals,
            gateway::explain,
            new Reloads(() -> reload.reload("POST /api/reload"), reload::counts),
            rooms.queues().onConsole());
    try {
      return Console.start(plan.console(), sources);
    } catch (IOException e) {
      gateway.close();
      throw e;
    }
  }

  /// The port that traffic is listened for on.
  public int port() {
    return gateway.port();
  }

  /// What runs now.
  List<ServiceUnit> services() {
    return services.units();
  }

  /// How its settings are read again.
  Reload reload() {
    return reload;
  }

  /// Ends with the line that says it is ready: when N serve, or when it is known that not all do.
  public CompletableFuture<String> ready() {
    return services.ready().thenApply(this::readyLine);
  }

  private String readyLine(List<FleetView> views) {
    String host = host(plan.gateway().address());
    String tls = gateway.tlsPort() == 0 ? "" : ", https://" + host + ":" + gateway.tlsPort();
    return "Ringmaster is ready: http://%s:%d%s (%s), console http://%s:%d"
        .formatted(
            host,
            gateway.port(),
            tls,
            views.stream().map(Ringmaster::shown).collect(Collectors.joining(", ")),
            plan.console().address().getHostString(),
            console.address().getPort());
  }

  private static String shown(FleetView view) {
    boolean all = view.serving() >= view.desired();
    return (all ? "" : view.serving() + " of ")
        + view.desired()
        + (view.desired() == 1 ? " replica" : " replicas")
        + " of "
        + view.service();
  }

  /// How a person on this machine names the address.
  private static String host(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress() ? "localhost" : address.getHostString();
  }

  /// Drains and stops everything; blocks until that is done.
  @Override
  public void close() {
    closing.close();
  }
}
