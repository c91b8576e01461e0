package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.lane.LaneCounts;
import dev.ringmaster.queue.lane.Lanes;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Which shards are owned here: opens their logs, hears of new messages, lets go of what is lost.
final class Shards {
  private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Floor floor;
  private final Map<LogId, Opening> openings = new HashMap<>();

  Shards(Floor floor) {
    this.floor = floor;
  }

  /// A log whose totals are being read. What is added meanwhile waits here.
  ///
  /// @param parent whose shard it was part of until now; null for none
  private record Opening(
      Line line, LogId id, long epoch, List<Fresh> early, @Nullable ShardLog parent) {}

  private record Fresh(Message message, Entry entry) {}

  private record Found(Totals totals, List<Long> deadLanes) {}

  /// A shard is owned from now on.
  void own(int shard, long epoch) {
    if (floor.epochs.containsKey(shard)) {
      lose(shard);
    }
    floor.epochs.put(shard, epoch);
    floor.lines().forEach(line -> open(line, shard, epoch));
  }

  /// A subscription is there from now on.
  void open(Line line) {
    floor.epochs.forEach((shard, epoch) -> open(line, shard, epoch));
  }

  private void open(Line line, int shard, long epoch) {
    open(line, shard, epoch, null);
  }

  private void open(Line line, int shard, long epoch, @Nullable ShardLog parent) {
    look(begin(line, shard, epoch, parent));
  }

  private Opening begin(Line line, int shard, long epoch, @Nullable ShardLog parent) {
    LogId id = new LogId(line.number, shard);
    Opening opening = new Opening(line, id, epoch, new ArrayList<>(), parent);
    openings.put(id, opening);
    return opening;
  }

  /// Slots of one shard may become a new shard at any moment: what is added to that is remembered.
  void expect(int from, int into) {
    Long epoch = floor.epochs.get(into);
    for (Line line : floor.lines()) {
      LogId id = new LogId(line.number, into);
      if (epoch != null && !openings.containsKey(id)) {
        begin(line, into, epoch, line.log(from));
      }
    }
  }

  /// They have not.
  void expectNot(int into) {
    openings.keySet().removeIf(id -> id.shard() == into);
  }

  private void look(Opening opening) {
    if (isOver(opening)) {
      return;
    }
    boolean blocks = floor.blocksKeys();
    floor.tools.ask(
        store -> found(store, opening.id, blocks),
        found -> opened(opening, found),
        fault -> floor.alarms.at(floor.tools.clocks().nowNs() + AGAIN_NS, () -> look(opening)));
  }

  /// Another opening of the log has begun, or it is lost.
  @SuppressWarnings("ReferenceEquality") // two openings of a log may be equal
  private boolean isOver(Opening opening) {
    return openings.get(opening.id) != opening;
  }

  private static Found found(QueueStore store, LogId id, boolean blocks) throws StoreFault {
    return new Found(store.totals(id), blocks ? store.deadLanes(id) : List.of());
  }

  private void opened(Opening opening, Found found) {
    if (isOver(opening)) {
      return;
    }
    openings.remove(opening.id);
    Lanes lanes =
        new Lanes(found.totals, found.deadLanes, floor.tools.alone(), floor.tools.bounds());
    ShardLog log =
        new ShardLog(
            opening.line,
            opening.id,
            opening.epoch,
            new Bytes(floor.budget),
            new ShardLog.Beginning(lanes, floor.tools.clocks()));
    opening.line.add(log);
    long early = 0;
    long earlyBytes = 0;
    for (Fresh fresh : opening.early) {
      if (fresh.entry.seq() > found.totals.lastSeq()) {
        log.appended(fresh.message, fresh.entry);
      } else {
        early++;
        earlyBytes += fresh.entry.bytes();
      }
    }
    ShardLog parent = opening.parent;
    if (parent != null && !parent.isLost()) {
      Totals all = found.totals;
      parent.lanes().lose(all.messages() - early, all.bytes() - earlyBytes, all.dead());
      floor.touched.add(parent);
    }
    floor.touched.add(log);
  }

  /// A commit may have come about or not: logs that are being opened are looked at again.
  void doubt(List<Order> orders) {
    for (Order order : orders) {
      int shard = floor.slots.shard(((Order.Append) order).slot());
      List.copyOf(openings.values()).stream()
          .filter(opening -> opening.id.shard() == shard)
          .forEach(this::again);
    }
  }

  private void again(Opening old) {
    open(old.line, old.id.shard(), old.epoch, null);
    if (old.parent != null) {
      floor.doubted.add(old.parent);
    }
  }

  /// A message has been added to the queue.
  void appended(Order.Append order, long seq, int shard) {
    Message message = message(order, seq);
    Entry entry = entry(order, seq);
    for (Line line : floor.lines()) {
      if (order.subscriptions().contains(line.number)) {
        appended(line, shard, new Fresh(message, entry));
      }
    }
  }

  private void appended(Line line, int shard, Fresh fresh) {
    ShardLog log = line.log(shard);
    Opening opening = log == null ? openings.get(new LogId(line.number, shard)) : null;
    if (log != null) {
      log.appended(fresh.message, fresh.entry);
      floor.touched.add(log);
    } else if (opening != null) {
      opening.early.add(fresh);
    }
  }

  /// Whether not all is known of a shard: a log of it is being opened, or one that came out of it.
  boolean isOpening(int shard) {
    return openings.values().stream()
        .anyMatch(opening ->
            opening.id.shard() == shard
                || (opening.parent != null && opening.parent.id.shard() == shard));
  }

  /// Slots of one shard have become a new shard.
  void splitOff(Line line, int from, int into, IntPredicate slots) {
    ShardLog log = line.log(from);
    Long epoch = floor.epochs.get(into);
    if (log != null) {
      log.lanes().moveAway(slots);
      log.bytes.clear();
      floor.touched.add(log);
    }
    Opening expected = openings.get(new LogId(line.number, into));
    if (expected != null) {
      look(expected);
    } else if (epoch != null) {
      open(line, into, epoch, log);
    }
  }

  /// All slots of one shard have become another's.
  void merge(Line line, int from, int into) {
    ShardLog source = line.log(from);
    ShardLog target = line.log(into);
    if (source != null && target != null) {
      LaneCounts counts = source.lanes().counts();
      List<Long> stuck = source.lanes().moveAway(slot -> true);
      target.lanes().gain(counts, stuck, source.lanes().knownTo());
      target.tally = target.tally.and(source.tally);
      floor.touched.add(target);
    }
  }

  /// Asks anew which lanes of a log wait behind a dead message.
  void block(ShardLog log) {
    if (!floor.blocksKeys()) {
      log.lanes().block(List.of());
      floor.touched.add(log);
      return;
    }
    floor.tools.ask(
        store -> store.deadLanes(log.id),
        lanes -> {
          log.lanes().block(lanes);
          log.bytes.clear();
          floor.touched.add(log);
        },
        fault -> floor.alarms.at(floor.tools.clocks().nowNs() + AGAIN_NS, () -> block(log)));
  }

  /// A shard is another's: what is under way in it does not count any more.
  void lose(int shard) {
    floor.epochs.remove(shard);
    openings.keySet().removeIf(id -> id.shard() == shard);
    for (Line line : floor.lines()) {
      drop(line, line.log(shard));
    }
  }

  /// A subscription is gone.
  void close(Line line) {
    openings.keySet().removeIf(id -> id.subscription() == line.number);
    List.copyOf(line.logs()).forEach(log -> drop(line, log));
  }

  private void drop(Line line, @Nullable ShardLog log) {
    if (log != null) {
      log.ownership = ShardLog.Ownership.LOST;
      log.bytes.clear();
      line.remove(log);
      floor.touched.remove(log);
    }
  }

  private static Message message(Order.Append order, long seq) {
    return new Message(
        order.id(),
        order.draft().key(),
        order.lane(),
        order.slot(),
        seq,
        order.acceptedMs(),
        order.draft().content(),
        order.draft().callback());
  }

  private static Entry entry(Order.Append order, long seq) {
    long notBeforeMs = order.draft().notBeforeMs();
    return new Entry(
        seq,
        order.lane(),
        order.slot(),
        0,
        notBeforeMs,
        notBeforeMs != 0,
        order.acceptedMs(),
        order.draft().content().bytes());
  }
}
