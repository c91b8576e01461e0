package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.QueueView.SubscriptionView;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.store.StoredQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the parts of one desk share: the queue as it is, its lines, and what is to be done in this
/// turn. For the desk's thread alone.
final class Floor {
  final int number;
  final Tools tools;
  final Alarms alarms;
  final Outbox outbox;
  final Fetching fetching;
  final Budget budget;

  /// The epochs of the shards that are owned here.
  final Map<Integer, Long> epochs = new TreeMap<>();

  /// Logs whose counters may be wrong.
  final Set<ShardLog> doubted = new LinkedHashSet<>();

  /// Logs whose lanes have changed in this turn.
  final LinkedHashSet<ShardLog> touched = new LinkedHashSet<>();

  /// Moves of slots that are under way: what the store counts meanwhile may be of before or after.
  int moves;

  /// Accepted messages that the desk has heard of in this turn.
  int comeMessages;

  long comeBytes;

  /// Until when the shards that are owned here are leased, if no renewal comes: measured from
  /// before the renewal by the clock that never jumps. A process that stood still for longer finds
  /// here that it did, before it gives anything out.
  long leasedUntilNs;

  QueueTerms terms;
  SlotTable slots;
  boolean paused;
  private final Map<String, Line> lines = new LinkedHashMap<>();

  Floor(StoredQueue stored, Tools tools, Budget budget) {
    this.number = stored.number();
    this.leasedUntilNs = tools.clocks().nowNs();
    this.tools = tools;
    this.budget = budget;
    this.alarms = new Alarms(tools.clocks().nowNs());
    this.outbox = new Outbox(tools, alarms);
    this.fetching = new Fetching(tools, alarms);
    this.terms = stored.terms();
    this.slots = stored.slots();
    this.paused = stored.paused();
    stored.subscriptions().forEach((name, number) -> lines.put(name, new Line(name, number)));
  }

  @Nullable Line line(String name) {
    return lines.get(name);
  }

  Collection<Line> lines() {
    return lines.values();
  }

  void add(Line line) {
    lines.put(line.name, line);
  }

  void remove(Line line) {
    lines.remove(line.name);
  }

  List<Integer> subscriptions() {
    List<Integer> numbers = new ArrayList<>(lines.size());
    lines.values().forEach(line -> numbers.add(line.number));
    return numbers;
  }

  /// Whether anything may be given out.
  boolean flows() {
    return !paused && !isLate();
  }

  /// Whether the leases have ended without a renewal: another may own the shards.
  boolean isLate() {
    return leasedUntilNs - tools.clocks().nowNs() <= 0;
  }

  /// Whether a line's messages go to replicas.
  boolean isPushed(Line line) {
    return terms.service() != null && line.isMain();
  }

  boolean blocksKeys() {
    return terms.retry().dead() == QueueTerms.Dead.BLOCK_KEY;
  }

  /// What producers must know.
  ///
  /// @param before what they have known; null for nothing
  Standing standing(@Nullable Standing before) {
    Line main = lines.get(QueueTerms.MAIN);
    return Standing.of(this, main == null ? -1 : main.number, before);
  }

  /// What the line that holds most holds.
  ShardLog.Held held() {
    long messages = 0;
    long bytes = 0;
    for (Line line : lines.values()) {
      messages = Math.max(messages, line.held().messages());
      bytes = Math.max(bytes, line.held().bytes());
    }
    return new ShardLog.Held(messages, bytes);
  }

  QueueView view() {
    List<SubscriptionView> views = new ArrayList<>(lines.size());
    lines.values().forEach(line -> views.add(line.view()));
    return new QueueView(terms, slots, paused, views);
  }
}
