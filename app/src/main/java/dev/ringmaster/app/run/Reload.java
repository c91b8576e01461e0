package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.Rejected;
import dev.ringmaster.console.reload.ReloadCounts;
import dev.ringmaster.console.reload.ReloadResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings while Ringmaster runs: reads them again, and takes them as a whole or not at all.
/// One reload at a time; the others wait.
final class Reload implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reload.class);

  private final SettingsReading reading;
  private final Rooms rooms;
  private final ReentrantLock turn = new ReentrantLock();
  private Phase phase = Phase.OPEN;
  private Configuration current;
  private volatile ReloadCounts counts = ReloadCounts.NONE;

  private enum Phase {
    OPEN,
    CLOSED
  }

  Reload(Configuration first, SettingsReading reading, Rooms rooms) {
    this.current = first;
    this.reading = reading;
    this.rooms = rooms;
  }

  /// Reads the settings and makes them hold, or refuses them. Blocks until that is done, which may
  /// take as long as the replicas of a new service take to serve.
  ///
  /// @param cause who wants it, for the log
  ReloadResult reload(String cause) {
    turn.lock();
    try {
      if (phase == Phase.CLOSED) {
        return new ReloadResult.Refused(List.of("Ringmaster is stopping"));
      }
      ReloadResult result = guarded();
      counts = counts.with(result, Instant.now());
      tell(cause, result);
      return result;
    } finally {
      turn.unlock();
    }
  }

  /// A defect refuses one reload; whoever asked, such as the watch over the file, lives on.
  private ReloadResult guarded() {
    try {
      return attempt();
    } catch (RuntimeException e) {
      log.error("A reload met a defect", e);
      return new ReloadResult.Refused(List.of("a defect, whose trace the log has: " + e));
    }
  }

  private ReloadResult attempt() {
    Configuration fresh;
    try {
      fresh = reading.read();
    } catch (Rejected e) {
      return new ReloadResult.Refused(e.problems());
    }
    Differences differences = Differences.between(current, fresh);
    if (!differences.restarts().isEmpty()) {
      List<String> problems = new ArrayList<>();
      differences.restarts().forEach(line -> problems.add(line + ": needs a restart"));
      return new ReloadResult.Refused(problems);
    }
    List<String> refused = rooms.queues().reload(current, fresh);
    if (!refused.isEmpty()) {
      rooms.queues().reload(fresh, current);
      return new ReloadResult.Refused(refused);
    }
    try {
      if (!differences.changes().isEmpty()) {
        new Change(current, fresh, rooms.services(), rooms.gateway()).make();
      }
      current = fresh;
      return new ReloadResult.Done(differences.changes());
    } catch (Change.Impossible e) {
      rooms.queues().reload(fresh, current);
      return new ReloadResult.Refused(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static void tell(String cause, ReloadResult result) {
    switch (result) {
      case ReloadResult.Done(var changes) when changes.isEmpty() ->
          log.info("Settings read again ({}): nothing is different", cause);
      case ReloadResult.Done(var changes) ->
          log.info("Settings reloaded ({}): {}", cause, String.join("; ", changes));
      case ReloadResult.Refused(var problems) ->
          log.error(
              "Settings refused ({}), the old ones hold: {}", cause, String.join("; ", problems));
    }
  }

  ReloadCounts counts() {
    return counts;
  }

  /// Takes no more; waits for the one under way.
  @Override
  public void close() {
    turn.lock();
    try {
      phase = Phase.CLOSED;
    } finally {
      turn.unlock();
    }
  }
}
