package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.Totals;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Hears of messages that the desk was not told of: those that other processes have added, and
/// those of a commit of which nobody knows whether it came about.
///
/// Counters are set to what the store counts, exactly so when nothing is on its way in a log, since
/// only then both speak of the same moment.
final class News {
  /// How old another process's message may be before it is found.
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(75);

  /// Counters are compared so often as long as they may be wrong.
  private static final long RECOUNT_NS = TimeUnit.SECONDS.toNanos(1);

  private final Floor floor;

  News(Floor floor) {
    this.floor = floor;
    if (!floor.tools.alone()) {
      later(LOOK_NS, this::look);
    }
    later(RECOUNT_NS, this::recount);
  }

  /// A commit may have come about or not: its messages are looked for.
  void doubt(List<Order> orders) {
    if (!floor.tools.alone()) {
      return;
    }
    for (Order order : orders) {
      int shard = floor.slots.shard(((Order.Append) order).slot());
      for (Line line : floor.lines()) {
        doubt(line.log(shard));
      }
    }
  }

  /// A log may hold what nobody told of.
  void doubt(@Nullable ShardLog log) {
    if (log == null || !floor.tools.alone()) {
      return;
    }
    log.lanes().distrust();
    floor.doubted.add(log);
    floor.touched.add(log);
  }

  /// What may be wrong with a log goes with it into another.
  void merged(@Nullable ShardLog source, @Nullable ShardLog target) {
    if (source != null && floor.doubted.contains(source)) {
      doubt(target);
    }
  }

  private void look() {
    Map<LogId, ShardLog> logs = new HashMap<>();
    Map<LogId, Long> known = new HashMap<>();
    for (Line line : floor.lines()) {
      for (ShardLog log : line.logs()) {
        logs.put(log.id, log);
        known.put(log.id, log.lanes().knownTo());
      }
    }
    if (logs.isEmpty()) {
      later(LOOK_NS, this::look);
      return;
    }
    floor.tools.ask(
        store -> store.grown(known),
        grown -> {
          grown.forEach((id, totals) -> grew(logs.get(id), totals));
          later(LOOK_NS, this::look);
        },
        fault -> later(RECOUNT_NS, this::look));
  }

  private void grew(@Nullable ShardLog log, Totals totals) {
    if (log != null && !log.isLost() && floor.moves == 0) {
      log.lanes().grew(totals);
      floor.doubted.add(log);
      floor.touched.add(log);
    }
  }

  private void recount() {
    floor.doubted.removeIf(ShardLog::isLost);
    Set<ShardLog> wrong = new LinkedHashSet<>(floor.doubted);
    if (!floor.tools.alone()) {
      for (Line line : floor.lines()) {
        line.logs().stream().filter(ShardLog::isUncertain).forEach(wrong::add);
      }
    }
    wrong.forEach(this::recount);
    later(RECOUNT_NS, this::recount);
  }

  private void recount(ShardLog log) {
    long known = log.lanes().knownTo();
    long changes = log.lanes().changes();
    boolean calm = log.lanes().isCalm() && floor.moves == 0;
    floor.tools.ask(
        store -> store.totals(log.id),
        totals -> {
          if (log.isLost() || floor.moves > 0) {
            return;
          }
          log.lanes().grew(totals);
          floor.touched.add(log);
          boolean still = log.lanes().changes() == changes && log.lanes().knownTo() == known;
          if (calm && still) {
            exact(log, changes);
          }
        },
        fault -> {});
  }

  private void exact(ShardLog log, long changes) {
    log.exactAtChange = changes;
    floor.doubted.remove(log);
    if (floor.tools.alone()) {
      log.lanes().trust();
    }
  }

  private void later(long inNs, Runnable what) {
    floor.alarms.at(floor.tools.clocks().nowNs() + inNs, what);
  }
}
