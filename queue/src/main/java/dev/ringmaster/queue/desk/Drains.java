package dev.ringmaster.queue.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Slots of which nothing is given out until what is in flight has ended, so that they can go
/// elsewhere. All else flows on.
final class Drains {
  private final Floor floor;
  private final List<Drain> drains = new ArrayList<>();

  /// @param untilNs then it has taken too long
  private record Drain(List<ShardLog> logs, long untilNs, Runnable drained, Runnable tooLong) {
    boolean isDone() {
      return logs.stream().allMatch(log -> log.isLost() || log.lanes().drained());
    }
  }

  Drains(Floor floor) {
    this.floor = floor;
  }

  /// What follows a drain.
  ///
  /// @param drained nothing is in flight any more
  /// @param tooLong it has not ended in time; what was held back flows again
  record Then(Runnable drained, Runnable tooLong) {}

  /// Drains these slots of a shard, in all lines.
  void drain(int shard, IntPredicate slots, long patienceNs, Then then) {
    List<ShardLog> logs = logs(shard);
    logs.forEach(log -> log.lanes().drain(slots));
    long untilNs = floor.tools.clocks().nowNs() + patienceNs;
    drains.add(new Drain(logs, untilNs, then.drained, then.tooLong));
    floor.alarms.at(untilNs, this::look);
    look();
  }

  /// Gives out again what was held back in a shard.
  void flow(int shard) {
    for (ShardLog log : logs(shard)) {
      log.lanes().flow();
      floor.touched.add(log);
    }
  }

  /// Goes on with what is drained by now.
  void look() {
    if (drains.isEmpty()) {
      return;
    }
    long nowNs = floor.tools.clocks().nowNs();
    for (Drain drain : List.copyOf(drains)) {
      if (drain.isDone()) {
        drains.remove(drain);
        drain.drained.run();
      } else if (drain.untilNs - nowNs <= 0) {
        drains.remove(drain);
        drain.tooLong.run();
      }
    }
  }

  private List<ShardLog> logs(int shard) {
    List<ShardLog> logs = new ArrayList<>();
    for (Line line : floor.lines()) {
      ShardLog log = line.log(shard);
      if (log != null) {
        logs.add(log);
      }
    }
    return logs;
  }
}
