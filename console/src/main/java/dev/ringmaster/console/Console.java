package dev.ringmaster.console;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The console's HTTP server: the control API, the probes and the metrics, on the admin port.
public final class Console implements AutoCloseable {
  /// Connections that wait to be accepted.
  private static final int BACKLOG = 64;

  private final HttpServer server;
  private final ExecutorService workers;
  private final AdminEndpoints endpoints;

  private Console(HttpServer server, ExecutorService workers, AdminEndpoints endpoints) {
    this.server = server;
    this.workers = workers;
    this.endpoints = endpoints;
  }

  /// Starts listening.
  ///
  /// @throws BindException if the address cannot be bound; the message says which
  public static Console start(ConsoleSettings settings, Sources sources) throws IOException {
    AdminPort.boundConnections();
    HttpServer server;
    try {
      server = HttpServer.create(settings.address(), BACKLOG);
    } catch (BindException taken) {
      BindException said =
          new BindException(
              "the console cannot listen on "
                  + shown(settings.address())
                  + ": "
                  + taken.getMessage());
      said.initCause(taken);
      throw said;
    }
    AdminEndpoints endpoints = new AdminEndpoints(settings, sources);
    ExecutorService workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("console-", 0).factory());
    server.setExecutor(workers);
    server.createContext("/", new AdminPort(endpoints));
    server.start();
    return new Console(server, workers, endpoints);
  }

  /// The address that is listened on, with the real port if 0 was asked for.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /// The paths that are answered.
  Set<String> paths() {
    return endpoints.paths();
  }

  /// Stops listening and closes all connections. A command that was begun goes on in the fleet.
  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
    endpoints.close();
  }

  private static String shown(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
