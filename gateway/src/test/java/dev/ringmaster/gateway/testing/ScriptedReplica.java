package dev.ringmaster.gateway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A replica that does to each connection what a script says.
public final class ScriptedReplica implements AutoCloseable {
  /// What is done to one connection.
  public interface Script {
    void play(Wire wire) throws Exception;
  }

  private final ServerSocket listener;
  private final Script script;
  private final Queue<Wire> open = new ConcurrentLinkedQueue<>();
  private final Queue<Exception> ended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private ScriptedReplica(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  }

  /// A replica that plays the script on each connection, which is closed when the script ends.
  public static ScriptedReplica that(Script script) throws IOException {
    ScriptedReplica replica = new ScriptedReplica(script);
    Thread.ofVirtual().start(replica::accept);
    return replica;
  }

  /// A replica that answers each request with the text, for as long as the connection lasts.
  public static ScriptedReplica answering(String body) throws IOException {
    return that(wire -> {
      while (true) {
        wire.message();
        wire.send(ok(body));
      }
    });
  }

  /// A whole answer with status 200.
  public static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /// A port at which nobody listens.
  public static int deadPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Wire wire = new Wire(listener.accept());
        open.add(wire);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> play(wire));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void play(Wire wire) {
    try (wire) {
      script.play(wire);
    } catch (Exception e) {
      ended.add(e);
    }
    closed.incrementAndGet();
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// How many connections came.
  public int connections() {
    return connections.get();
  }

  /// How many connections are over.
  public int closed() {
    return closed.get();
  }

  /// How the scripts ended that did not come to their end.
  public Queue<Exception> ended() {
    return ended;
  }

  /// Dies: listens no more and breaks every connection.
  public void kill() throws IOException {
    listener.close();
    for (Wire wire : open) {
      wire.reset();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Wire wire : open) {
      wire.close();
    }
  }
}
