package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.console.Console;
import dev.ringmaster.console.Sources;
import dev.ringmaster.console.command.ClassicEndpoints;
import dev.ringmaster.fleet.Fleet;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.store.DataDirectory;
import dev.ringmaster.gateway.Gateway;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.ring.RingFullException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole Ringmaster: data directory, runtime, fleet, gateway, console; made in this order, closed
/// in the order gateway, console, fleet, runtime, data directory, so that requests in flight end
/// before their replicas do.
public final class Ringmaster implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ringmaster.class);

  /// How much longer than a replica may take to start it waits to be ready.
  private static final Duration READY_MARGIN = Duration.ofSeconds(5);

  private final Plan plan;
  private final Fleet fleet;
  private final Gateway gateway;
  private final Console console;
  private final Closing closing;

  private Ringmaster(Plan plan, Fleet fleet, Gateway gateway, Console console, Closing closing) {
    this.plan = plan;
    this.fleet = fleet;
    this.gateway = gateway;
    this.console = console;
    this.closing = closing;
  }

  /// Starts everything; returns when traffic is listened for, which is before the replicas serve.
  ///
  /// @throws CannotStart if it cannot, with nothing left behind
  public static Ringmaster start(Values values) throws CannotStart, InterruptedException {
    Closing closing = new Closing();
    try {
      return start(values, closing);
    } catch (DataDirectory.Unusable | RingFullException | IOException e) {
      closing.close();
      throw new CannotStart(String.valueOf(e.getMessage()), e);
    } catch (CannotStart | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static Ringmaster start(Values values, Closing closing)
      throws CannotStart, DataDirectory.Unusable, IOException {
    PortCheck.free(Plan.trafficAddress(values), "--port");
    PortCheck.free(Plan.consoleAddress(values), "--admin-port");
    Optional<InetSocketAddress> tls = Plan.tlsAddress(values);
    if (tls.isPresent()) {
      PortCheck.free(tls.get(), "--tls.port");
    }
    SecureRandom random = new SecureRandom();
    DataDirectory data = closing.add(DataDirectory.open(values.get(Replicas.DATA)));
    Plan plan = Plan.of(values, FleetSecret.of(data.path(), random));
    ReplicaRuntime runtime = closing.add(Runtimes.of(values, data.path()));
    Fleet fleet = closing.add(Fleet.start(plan.fleet(), runtime, data, System::nanoTime, random));
    ClassicEndpoints classic =
        new ClassicEndpoints(fleet, plan.console().access(), plan.console().commandWait());
    Plane plane = Plane.of(new ServedService(plan.fleet().service(), plan.service(), fleet));
    Gateway gateway = Gateway.start(plan.gateway(), plane, classic);
    Sources sources = new Sources(fleet, fleet::stats, gateway::totals, gateway::explain);
    Console console = console(plan, sources, gateway);
    closing.add(console);
    closing.add(gateway);
    return new Ringmaster(plan, fleet, gateway, console, closing);
  }

  private static Console console(Plan plan, Sources sources, Gateway gateway) throws IOException {
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

  /// Ends with the line that says it is ready: when N serve, or when it is known that not all do.
  public CompletableFuture<String> ready() {
    Duration limit = plan.fleet().health().startTimeout().plus(READY_MARGIN);
    return fleet
        .ready()
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .handle((view, failure) -> {
          if (failure != null) {
            log.warn("Not all replicas serve: {}", Ringmaster.reason(failure));
          }
          return readyLine(fleet.view());
        });
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? "they take too long to start" : cause.getMessage();
  }

  private String readyLine(FleetView view) {
    boolean all = view.serving() >= view.desired();
    String host = host(plan.gateway().address());
    String tls = gateway.tlsPort() == 0 ? "" : ", https://" + host + ":" + gateway.tlsPort();
    return "Ringmaster is ready: http://%s:%d%s (%s of %s), console http://%s:%d"
        .formatted(
            host,
            gateway.port(),
            tls,
            (all ? "" : view.serving() + " of ")
                + view.desired()
                + (view.desired() == 1 ? " replica" : " replicas"),
            view.service(),
            plan.console().address().getHostString(),
            console.address().getPort());
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
