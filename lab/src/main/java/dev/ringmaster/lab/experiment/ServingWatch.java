package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.product.Control;
import dev.ringmaster.lab.product.ProductFailure;
import dev.ringmaster.lab.product.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Asks the console every few milliseconds who serves, on a thread and a connection of its own.
final class ServingWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(10);

  /// Ten minutes of samples; no experiment lasts that long.
  private static final int MAX_SAMPLES = 60_000;

  private final Control control;
  private final Thread thread;
  private final List<Seen> samples = Collections.synchronizedList(new ArrayList<>());
  private volatile @Nullable Seen newest;

  /// The fleet at one moment.
  ///
  /// @param atNs when its answer had come, so that what it shows was so no later
  record Seen(long atNs, Status status) {}

  private ServingWatch(Control control) {
    this.control = control;
    this.thread = Thread.ofVirtual().name("serving-watch").unstarted(this::watch);
  }

  /// Starts to watch.
  ///
  /// @param control a connection of its own; closed with the watch
  static ServingWatch start(Control control) {
    ServingWatch watch = new ServingWatch(control);
    watch.thread.start();
    return watch;
  }

  /// The newest sample; null before the first.
  @Nullable Seen newest() {
    return newest;
  }

  /// All samples so far, in order.
  List<Seen> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try (control) {
      while (!Thread.currentThread().isInterrupted() && samples.size() < MAX_SAMPLES) {
        Status status = control.status();
        Seen seen = new Seen(System.nanoTime(), status);
        samples.add(seen);
        newest = seen;
        LockSupport.parkNanos(EVERY.toNanos());
      }
    } catch (ProductFailure e) {
      newest = null;
    }
  }
}
