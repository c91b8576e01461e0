package dev.ringmaster.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The bundled replica server.
///
/// One thread for each connection over blocking sockets: measured on two cores, this starts in less
/// than half the time of the JDK's own HTTP server and answers more than three times the requests.
public final class Server implements AutoCloseable {
  /// How long the answers in flight may take after [#close()]; less than the balancer waits before
  /// it ends a replica by force.
  public static final Duration GRACE = Duration.ofSeconds(4);

  private static final int BACKLOG = 1024;
  private static final int LOOK_AGAIN_MS = 5;

  private final Listener listener;
  private final Thread acceptor;

  private Server(Listener listener) {
    this.listener = listener;
    this.acceptor = new Thread(listener, "accept");
  }

  /// Starts a server.
  ///
  /// @param port the port to listen on, or 0 for any free one
  /// @param id what `/home` names
  /// @throws IOException if the port cannot be had
  public static Server start(int port, String id, Options options) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(options.at(port), BACKLOG);
    } catch (IOException taken) {
      socket.close();
      throw taken;
    }
    Endpoints endpoints = new Endpoints(id, options.testEndpoints());
    Server server = new Server(new Listener(socket, endpoints, options.maxConnections()));
    server.acceptor.start();
    return server;
  }

  /// Runs a server until the process is told to end (`TERM`, `INT`), which then exits 0.
  ///
  /// @param env `SERVER_ID` (else the host's name), `PORT` (else 5000) and
  ///   `RINGMASTER_TEST_ENDPOINTS=1`
  /// @param args `--test-endpoints`, `--address ADDRESS`; or `--rehearse` alone, which returns 0
  ///   soon
  /// @return the exit code if it cannot run: 2 for settings it does not know, 3 for a port that it
  ///   cannot have; one line on standard error says why
  public static int run(Map<String, String> env, List<String> args) {
    return run(env, args, System.err);
  }

  static int run(Map<String, String> env, List<String> args, PrintStream errors) {
    if (args.equals(List.of("--rehearse"))) {
      return rehearse(errors);
    }
    Settings settings;
    try {
      settings = Settings.of(env, args);
    } catch (IllegalArgumentException wrong) {
      errors.println("ringmaster server: " + wrong.getMessage());
      return 2;
    }
    try {
      Server server = start(settings.port(), settings.id(), settings.options());
      Runtime.getRuntime().addShutdownHook(new Thread(new Shutdown(server), "shutdown"));
      server.await();
      return 0;
    } catch (IOException taken) {
      errors.println(
          "ringmaster server: cannot listen on port "
              + settings.port()
              + ": "
              + taken.getMessage());
      return 3;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /// A short life on a free port, from which an AOT cache for the server alone is made: one that
  /// holds all of Ringmaster takes longer to load than it saves here.
  private static int rehearse(PrintStream errors) {
    Options loopback = new Options(InetAddress.getLoopbackAddress(), false, 1);
    byte[] requests =
        "GET /heartbeat HTTP/1.1\r\nHost: h\r\n\r\nGET /home HTTP/1.0\r\nHost: h\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    try (Server server = start(0, "0", loopback);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.getOutputStream().write(requests);
      return client.getInputStream().readAllBytes().length > 0 ? 0 : 1;
    } catch (IOException failed) {
      errors.println("ringmaster server: the rehearsal failed: " + failed.getMessage());
      return 1;
    }
  }

  /// The port it listens on.
  public int port() {
    return listener.port();
  }

  /// Waits until it no longer listens.
  public void await() throws InterruptedException {
    acceptor.join();
  }

  /// Stops listening, closes idle connections, lets the answers in flight end within [#GRACE] and
  /// cuts what is left.
  @Override
  public void close() {
    long deadlineNs = System.nanoTime() + GRACE.toNanos();
    try {
      listener.close();
      acceptor.join();
      while (!listener.isEmpty() && System.nanoTime() < deadlineNs) {
        listener.cutIdle();
        Thread.sleep(LOOK_AGAIN_MS);
      }
    } catch (IOException closed) {
      // Cut what is left, below.
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    listener.cutAll();
  }

  /// Ends the process with 0 rather than with the number of the signal.
  private record Shutdown(Server server) implements Runnable {
    @Override
    public void run() {
      server.close();
      Runtime.getRuntime().halt(0);
    }
  }

  /// @param port the port to listen on
  /// @param id what `/home` names
  /// @param options the rest
  record Settings(int port, String id, Options options) {
    private static final String USAGE = "; it takes --address ADDRESS and --test-endpoints";

    static Settings of(Map<String, String> env, List<String> args) {
      boolean test = "1".equals(env.get("RINGMASTER_TEST_ENDPOINTS"));
      InetAddress address = null;
      for (int i = 0; i < args.size(); i++) {
        switch (args.get(i)) {
          case "--test-endpoints" -> test = true;
          case "--address" -> address = address(++i < args.size() ? args.get(i) : "");
          default -> throw new IllegalArgumentException("unknown option " + args.get(i) + USAGE);
        }
      }
      String id = env.get("SERVER_ID");
      return new Settings(
          port(env.getOrDefault("PORT", "5000")),
          id == null || id.isEmpty() ? hostName(env) : id,
          new Options(address, test, Options.MAX_CONNECTIONS));
    }

    private static InetAddress address(String text) {
      try {
        return InetAddress.ofLiteral(text);
      } catch (IllegalArgumentException none) {
        throw new IllegalArgumentException("--address expects an IP address, not '" + text + "'");
      }
    }

    private static int port(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port > 0 && port < 65_536) {
          return port;
        }
      } catch (NumberFormatException none) {
        // Said below.
      }
      throw new IllegalArgumentException("PORT must be from 1 to 65535, not '" + text + "'");
    }

    private static String hostName(Map<String, String> env) {
      String name = env.get("HOSTNAME");
      try {
        return name == null || name.isEmpty() ? InetAddress.getLocalHost().getHostName() : name;
      } catch (UnknownHostException unnamed) {
        return "localhost";
      }
    }
  }
}
