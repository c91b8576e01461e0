package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView.ShardView;
import dev.ringmaster.queue.control.QueueView.SubscriptionView;
import dev.ringmaster.queue.lane.Given;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One subscription at its queue's desk: its logs, which take turns.
final class Line {
  final String name;
  final int number;
  final Waiters waiters = new Waiters();
  private ShardLog.Held held = ShardLog.Held.NOTHING;
  private final TreeMap<Integer, ShardLog> logs = new TreeMap<>();
  private final LinkedHashSet<ShardLog> turns = new LinkedHashSet<>();

  Line(String name, int number) {
    this.name = name;
    this.number = number;
  }

  /// Whether it is the one that a service's replicas get, if there is a service.
  boolean isMain() {
    return name.equals(QueueTerms.MAIN);
  }

  /// What is held of it in all its logs.
  ShardLog.Held held() {
    return held;
  }

  /// Counts a log anew.
  void recount(ShardLog log) {
    recount(log, new ShardLog.Held(log.lanes().depth(), log.lanes().bytes()));
  }

  private void recount(ShardLog log, ShardLog.Held now) {
    held =
        new ShardLog.Held(
            held.messages() + now.messages() - log.held.messages(),
            held.bytes() + now.bytes() - log.held.bytes());
    log.held = now;
  }

  @Nullable ShardLog log(int shard) {
    return logs.get(shard);
  }

  Collection<ShardLog> logs() {
    return logs.values();
  }

  void add(ShardLog log) {
    logs.put(log.id.shard(), log);
  }

  void remove(ShardLog log) {
    logs.remove(log.id.shard());
    turns.remove(log);
    recount(log, ShardLog.Held.NOTHING);
  }

  /// A log that may have something ready waits for its turn.
  void enqueue(ShardLog log) {
    if (log.lanes().anyReady()) {
      turns.add(log);
    }
  }

  /// The next message, of the log whose turn it is; null if none is ready.
  ///
  /// @param leaseNs after which it is taken back; [Long#MAX_VALUE] for never
  @Nullable Pick give(long leaseNs) {
    while (!turns.isEmpty()) {
      ShardLog log = turns.removeFirst();
      Given given = log.lanes().give(leaseNs);
      enqueue(log);
      if (given != null) {
        return new Pick(log, given);
      }
    }
    return null;
  }

  /// A message that is given out, and from where.
  record Pick(ShardLog log, Given given) {}

  SubscriptionView view() {
    List<ShardView> shards = new ArrayList<>(logs.size());
    logs.values().forEach(log -> shards.add(log.view()));
    return new SubscriptionView(name, shards);
  }
}
