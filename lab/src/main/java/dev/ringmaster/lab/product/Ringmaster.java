package dev.ringmaster.lab.product;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One `ringmaster up` as a child process, from its ready line to its clean stop.
public final class Ringmaster implements AutoCloseable {
  private static final String READY = "Ringmaster is ready:";

  /// Long enough for the first start on a loaded machine, and for containers.
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  /// Longer than a drain of idle replicas; a stop that takes this long is a failure.
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final Process process;
  private final Output output;
  private final InetSocketAddress traffic;
  private final Control control;

  private Ringmaster(
      Process process, Output output, InetSocketAddress traffic, InetSocketAddress console) {
    this.process = process;
    this.output = output;
    this.traffic = traffic;
    this.control = new Control(console);
  }

  /// Starts `up` on free loopback ports with a data directory of its own, and waits until it is
  /// ready.
  ///
  /// @param options flags of `up`, beside ports, addresses and data directory
  public static Ringmaster up(Program program, List<String> options)
      throws ProductFailure, InterruptedException {
    InetSocketAddress traffic = FreePort.next();
    InetSocketAddress console = FreePort.next();
    Path data = program.scratch().resolve("data-" + traffic.getPort());
    List<String> arguments = new ArrayList<>(List.of("up"));
    arguments.addAll(
        List.of(
            "--port",
            Integer.toString(traffic.getPort()),
            "--address",
            "127.0.0.1",
            "--admin-port",
            Integer.toString(console.getPort()),
            "--data",
            data.toString()));
    arguments.addAll(options);
    Process process = program.start(arguments, Map.of());
    Output output = Output.of(process, READY);
    Ringmaster ringmaster = new Ringmaster(process, output, traffic, console);
    ringmaster.awaitReady(arguments);
    return ringmaster;
  }

  /// Where requests go.
  public InetSocketAddress traffic() {
    return traffic;
  }

  /// Its console.
  public Control control() {
    return control;
  }

  /// The process of a replica that listens on a port.
  public ProcessHandle replica(int port) throws ProductFailure {
    return Listener.on(port, process.toHandle());
  }

  /// Asks it to stop and waits until it and its replicas are gone.
  @Override
  public void close() {
    control.close();
    Children.stop(process, STOP_LIMIT);
  }

  private void awaitReady(List<String> arguments) throws ProductFailure, InterruptedException {
    String what;
    try {
      if (output.seen().get(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
      process.waitFor(1, TimeUnit.SECONDS);
      what =
          process.isAlive() ? "closed its output" : "ended with exit code " + process.exitValue();
    } catch (TimeoutException e) {
      what = "was not ready after " + START_LIMIT.toSeconds() + " s";
    } catch (ExecutionException e) {
      throw new IllegalStateException("the reader of the output failed", e);
    } catch (InterruptedException e) {
      close();
      throw e;
    }
    close();
    throw new ProductFailure(
        "ringmaster %s %s; its last lines:%n%s"
            .formatted(String.join(" ", arguments), what, output.lastLines()));
  }
}
