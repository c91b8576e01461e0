package dev.ringmaster.lab.product;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The processes that the lab has started and not yet seen end. Safe for use by any thread: the
/// hook that ends them runs beside the experiment.
public final class Children {
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  void started(Process process) {
    running.add(process);
    var _ = process.onExit().thenAccept(running::remove);
  }

  /// How many run.
  public int count() {
    return running.size();
  }

  /// Asks a child to stop, ends it by force after `grace`, and returns when it is gone.
  static void stop(Process process, Duration grace) {
    process.destroy();
    try {
      if (process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /// Stops all of them, side by side, each with this grace.
  public void stopAll(Duration grace) {
    running.forEach(Process::destroy);
    running.forEach(process -> stop(process, grace));
  }
}
