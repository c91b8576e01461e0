package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Values;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Ringmaster that runs until a signal tells it to stop.
public final class Foreground {
  private static final Logger log = LoggerFactory.getLogger(Foreground.class);

  /// The signals that stop it, with the exit code of a process that a second one of them ended: 128
  /// and the signal's number.
  private static final Map<String, Integer> STOPPING = Map.of("INT", 130, "TERM", 143);

  /// A second signal that comes sooner is the first one's echo: `timeout` and some process managers
  /// signal the process and then its group.
  private static final Duration ECHO = Duration.ofMillis(500);

  private final PrintStream out;
  private final CompletableFuture<String> stop = new CompletableFuture<>();
  private final AtomicLong stopAtNs = new AtomicLong();

  /// Prints to one place.
  ///
  /// @param out where the line is printed that says it is ready
  public Foreground(PrintStream out) {
    this.out = out;
  }

  /// Starts, says when it is ready, drains and stops at TERM or INT. A second one of these ends the
  /// process at once; the replicas then run on and are adopted by the next start.
  public void run(Values values) throws CannotStart, InterruptedException {
    STOPPING.forEach((name, code) -> Signals.handle(name, () -> stopOrEnd(name, code)));
    Signals.handle("HUP", () -> log.info("HUP is ignored: settings are read at the start only"));
    try (Ringmaster ringmaster = Ringmaster.start(values)) {
      CompletableFuture<String> ready = ringmaster.ready();
      CompletableFuture.anyOf(ready, stop).join();
      if (!stop.isDone()) {
        out.println(ready.join());
        out.flush();
      }
      log.info("{} received: draining", stop.join());
    }
    log.info("Everything has stopped");
  }

  private void stopOrEnd(String signal, int exitCode) {
    long nowNs = System.nanoTime();
    if (stop.isDone()) {
      if (nowNs - stopAtNs.get() > ECHO.toNanos()) {
        Runtime.getRuntime().halt(exitCode);
      }
      return;
    }
    stopAtNs.set(nowNs);
    stop.complete(signal);
  }
}
