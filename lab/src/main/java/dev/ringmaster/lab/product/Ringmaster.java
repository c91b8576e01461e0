package dev.ringmaster.lab.product;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One `ringmaster up` as a child process, from its ready line to its clean stop.
public final class Ringmaster implements AutoCloseable {
  private static final String READY = "Ringmaster is ready:";

  /// The ports in the ready line: traffic first, then the console.
  private static final Pattern PORTS =
      Pattern.compile(READY + " http://\\S+:(\\d+) .*, console http://\\S+:(\\d+)");

  /// Long enough for the first start on a loaded machine, and for containers.
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  /// Longer than a drain of idle replicas; a stop that takes this long is a failure.
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final Process process;
  private final InetSocketAddress traffic;
  private final Control control;

  private Ringmaster(Process process, Matcher ports) {
    this.process = process;
    this.traffic = loopback(ports.group(1));
    this.control = new Control(loopback(ports.group(2)));
  }

  private static InetSocketAddress loopback(String port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }

  /// Starts `up` on free loopback ports with a data directory of its own, and waits until it is
  /// ready. The kernel chooses the ports, so that nobody else can take them in between.
  ///
  /// @param options flags of `up`, beside ports, addresses and data directory
  public static Ringmaster up(Program program, List<String> options)
      throws ProductFailure, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("up", "--address", "127.0.0.1"));
    arguments.addAll(List.of("--port", "0", "--admin-port", "0"));
    arguments.addAll(List.of("--data", dataDirectory(program).toString()));
    arguments.addAll(options);
    Process process = program.start(arguments, Map.of());
    Output output = Output.of(process, READY);
    String ready = awaitReady(process, output, arguments);
    Matcher ports = PORTS.matcher(ready);
    if (!ports.find()) {
      Children.stop(process, STOP_LIMIT);
      throw new ProductFailure("the ready line names no two ports: " + ready);
    }
    return new Ringmaster(process, ports);
  }

  private static Path dataDirectory(Program program) throws ProductFailure {
    try {
      return Files.createTempDirectory(program.scratch(), "data-");
    } catch (IOException e) {
      throw new ProductFailure("no data directory can be made in " + program.scratch(), e);
    }
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

  /// The ready line.
  private static String awaitReady(Process process, Output output, List<String> arguments)
      throws ProductFailure, InterruptedException {
    String what;
    try {
      String ready = output.seen().get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!ready.isEmpty()) {
        return ready;
      }
      process.waitFor(1, TimeUnit.SECONDS);
      what =
          process.isAlive() ? "closed its output" : "ended with exit code " + process.exitValue();
    } catch (TimeoutException e) {
      what = "was not ready after " + START_LIMIT.toSeconds() + " s";
    } catch (ExecutionException e) {
      throw new IllegalStateException("the reader of the output failed", e);
    } catch (InterruptedException e) {
      Children.stop(process, STOP_LIMIT);
      throw e;
    }
    Children.stop(process, STOP_LIMIT);
    throw new ProductFailure(
        "ringmaster %s %s; its last lines:%n%s"
            .formatted(String.join(" ", arguments), what, output.lastLines()));
  }
}
