package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.catalog.Listening;
import java.io.PrintStream;
import java.nio.file.Path;
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
  private final SettingsReading reading;
  private final Path file;
  private final CompletableFuture<String> stop = new CompletableFuture<>();
  private final AtomicLong stopAtNs = new AtomicLong();

  /// @param out where the line is printed that says it is ready
  /// @param reading reads the settings again
  /// @param file the settings file, which is watched if the settings say so
  public Foreground(PrintStream out, SettingsReading reading, Path file) {
    this.out = out;
    this.reading = reading;
    this.file = file;
  }

  /// Starts, says when it is ready, drains and stops at TERM or INT. A second one of these ends the
  /// process at once; the replicas then run on and are adopted by the next start. HUP has the
  /// settings read again.
  public void run(Configuration configuration) throws CannotStart {
    STOPPING.forEach((name, code) -> Signals.handle(name, () -> stopOrEnd(name, code)));
    try (Ringmaster ringmaster = Ringmaster.start(configuration, reading);
        Closing _ = watch(configuration, ringmaster.reload())) {
      Signals.handle(
          "HUP", () -> Thread.ofVirtual().start(() -> ringmaster.reload().reload("HUP")));
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

  private Closing watch(Configuration configuration, Reload reload) {
    Closing watching = new Closing();
    if (configuration.process().get(Listening.RELOAD_ON_CHANGE)) {
      watching.add(FileWatch.start(file, () -> reload.reload(file + " changed")));
    }
    return watching;
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
