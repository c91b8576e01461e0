package dev.ringmaster.queue.plain;

import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order.Result;
import dev.ringmaster.queue.store.Totals;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that one subscription holds.
final class PlainLogs {
  final int queue;
  final int number;
  final TreeMap<MessageId, Ended> ended = new TreeMap<>();
  private final TreeMap<Integer, NavigableMap<Long, Line>> lines = new TreeMap<>();
  private final TreeMap<Integer, NavigableMap<Long, Corpse>> dead = new TreeMap<>();

  PlainLogs(int queue, int number) {
    this.queue = queue;
    this.number = number;
  }

  NavigableMap<Long, Line> lines(int shard) {
    return lines.computeIfAbsent(shard, unseen -> new TreeMap<>());
  }

  NavigableMap<Long, Corpse> dead(int shard) {
    return dead.computeIfAbsent(shard, unseen -> new TreeMap<>());
  }

  /// The dead of all shards in the order of their ids.
  NavigableMap<MessageId, Corpse> deadById() {
    TreeMap<MessageId, Corpse> all = new TreeMap<>();
    dead.values().forEach(of -> of.values().forEach(one -> all.put(one.message().id(), one)));
    return all;
  }

  @Nullable Line line(MessageId id) {
    return lines.values().stream()
        .flatMap(of -> of.values().stream())
        .filter(line -> line.message().id().equals(id))
        .findFirst()
        .orElse(null);
  }

  void move(SlotTable after) {
    TreeMap<Integer, NavigableMap<Long, Line>> moved = new TreeMap<>();
    TreeMap<Integer, NavigableMap<Long, Corpse>> movedDead = new TreeMap<>();
    lines
        .values()
        .forEach(of ->
            of.forEach((seq, line) -> add(moved, after.shard(line.message().slot()), seq, line)));
    dead.values()
        .forEach(of ->
            of.forEach((seq, one) -> add(movedDead, after.shard(one.message().slot()), seq, one)));
    lines.clear();
    lines.putAll(moved);
    dead.clear();
    dead.putAll(movedDead);
  }

  /// Forgets answers, at most so many; how many.
  int expire(long nowMs, int most) {
    List<MessageId> expired =
        ended.entrySet().stream()
            .filter(one -> one.getValue().result().untilMs() <= nowMs)
            .limit(most)
            .map(Map.Entry::getKey)
            .toList();
    expired.forEach(ended::remove);
    int count = expired.size();
    for (NavigableMap<Long, Corpse> of : dead.values()) {
      for (Map.Entry<Long, Corpse> one : of.entrySet()) {
        if (count < most && one.getValue().expired(nowMs)) {
          one.setValue(one.getValue().withoutAnswer());
          count++;
        }
      }
    }
    return count;
  }

  Totals totals(LogId log) {
    NavigableMap<Long, Line> alive = lines(log.shard());
    NavigableMap<Long, Corpse> died = dead(log.shard());
    long bytes =
        alive.values().stream().mapToLong(line -> line.message().content().bytes()).sum()
            + died.values().stream().mapToLong(one -> one.message().content().bytes()).sum();
    long oldest =
        alive.values().stream().mapToLong(line -> line.message().acceptedMs()).min().orElse(0);
    long last = alive.isEmpty() ? 0 : alive.lastKey();
    return new Totals(alive.size(), bytes, oldest, last, died.size());
  }

  private static <T> void add(
      Map<Integer, NavigableMap<Long, T>> logs, int shard, long seq, T one) {
    logs.computeIfAbsent(shard, unseen -> new TreeMap<>()).put(seq, one);
  }

  /// A message that ended well and whose answer is kept.
  record Ended(int slot, long acceptedMs, Result result) {}
}
