package dev.ringmaster.lab.product;

import dev.ringmaster.lab.load.Connection;
import dev.ringmaster.lab.load.ExchangeFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The bundled replica server as a child process of the lab's own, for runs that put a Ringmaster
/// in front of given targets.
public final class BundledServer implements AutoCloseable {
  private static final byte[] HEARTBEAT = Connection.request("GET", "/heartbeat", "");
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final int POLLS = 1500;

  private final Process process;
  private final Output output;
  private final InetSocketAddress address;

  private BundledServer(Process process, Output output, InetSocketAddress address) {
    this.process = process;
    this.output = output;
    this.address = address;
  }

  /// Starts a server; it may not listen yet.
  ///
  /// @param id what it greets with
  public static BundledServer start(Program program, String id) throws ProductFailure {
    InetSocketAddress address = FreePort.next();
    Map<String, String> environment =
        Map.of("PORT", Integer.toString(address.getPort()), "SERVER_ID", id);
    Process process = program.start(List.of("server"), environment);
    return new BundledServer(process, Output.of(process, "never awaited"), address);
  }

  /// Its address as a target of `up`: `127.0.0.1:40123`.
  public String target() {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /// Waits until it answers its heartbeat.
  public void awaitHeartbeat() throws ProductFailure, InterruptedException {
    for (int i = 0; i < POLLS && process.isAlive(); i++) {
      if (beats()) {
        return;
      }
      Thread.sleep(POLL);
    }
    throw new ProductFailure(
        "the bundled server at %s does not answer; its last lines:%n%s"
            .formatted(target(), output.lastLines()));
  }

  @Override
  public void close() {
    Children.stop(process, STOP_LIMIT);
  }

  /// Whether it answers; a refused connection is an answer too: not yet.
  private boolean beats() {
    try {
      return Connection.once(address, HEARTBEAT, ANSWER_LIMIT).status() == 200;
    } catch (ExchangeFailure e) {
      return false;
    }
  }
}
