package dev.ringmaster.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Accepts connections, gives each a thread and keeps count of them.
///
/// The first [#PLATFORM_CONNECTIONS] get a platform thread, which answers half as many requests
/// again as a virtual one; the rest get virtual threads, of which there can be many.
final class Listener implements Runnable {
  static final int PLATFORM_CONNECTIONS = 256;

  private static final int SWEEP_MS = 5_000;

  /// How long to wait for a file descriptor to come free when there is none for a new connection.
  private static final int FULL_PAUSE_MS = 50;

  /// An exchange in which no byte moved for that long is cut; longer than the longest test delay.
  private static final long STUCK_NS = 90_000_000_000L;

  private final ServerSocket socket;
  private final Endpoints endpoints;
  private final int maxConnections;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  Listener(ServerSocket socket, Endpoints endpoints, int maxConnections) throws IOException {
    socket.setSoTimeout(SWEEP_MS);
    this.socket = socket;
    this.endpoints = endpoints;
    this.maxConnections = maxConnections;
  }

  @Override
  public void run() {
    long sweptNs = System.nanoTime();
    while (!socket.isClosed()) {
      try {
        open(socket.accept());
      } catch (SocketTimeoutException quiet) {
        // Nobody came: time to look at those who are here.
      } catch (IOException full) {
        pause();
      }
      if (System.nanoTime() - sweptNs > SWEEP_MS * 1_000_000L) {
        sweptNs = System.nanoTime();
        cutStuck();
      }
    }
  }

  private void open(Socket accepted) throws IOException {
    Connection connection;
    try {
      connection = new Connection(accepted, this);
    } catch (IOException gone) {
      accepted.close();
      return;
    }
    if (connections.size() >= maxConnections) {
      connection.cut();
      return;
    }
    connections.add(connection);
    if (connections.size() <= PLATFORM_CONNECTIONS) {
      new Thread(connection, "connection").start();
    } else {
      Thread.ofVirtual().start(connection);
    }
  }

  private void pause() {
    if (!socket.isClosed()) {
      try {
        Thread.sleep(FULL_PAUSE_MS);
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void cutStuck() {
    for (Connection connection : connections) {
      if (connection.isStuck(STUCK_NS)) {
        connection.cut();
      }
    }
  }

  Endpoints endpoints() {
    return endpoints;
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  int port() {
    return socket.getLocalPort();
  }

  void close() throws IOException {
    socket.close();
  }

  void ended(Connection connection) {
    connections.remove(connection);
  }

  boolean isEmpty() {
    return connections.isEmpty();
  }

  void cutIdle() {
    for (Connection connection : connections) {
      if (!connection.inExchange()) {
        connection.cut();
      }
    }
  }

  void cutAll() {
    for (Connection connection : connections) {
      connection.cut();
    }
  }
}
