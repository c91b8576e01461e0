package dev.ringmaster.queue.plain;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.Leases;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.Order.Result;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoredQueue;
import dev.ringmaster.queue.store.Totals;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// A store in plain memory. It says in the fewest words what every store does; nothing in it is
/// durable. Several processes are played by several owners.
public final class PlainStore implements QueueStore {
  private final TreeMap<Integer, PlainQueue> queues = new TreeMap<>();
  private final TreeMap<Integer, PlainLogs> subscriptions = new TreeMap<>();
  private final Leases leases;
  private int lastNumber;
  private long lastSeq;

  /// @param clock for leases
  public PlainStore(InstantSource clock) {
    leases = new Leases(clock, 1);
  }

  @Override
  public synchronized List<StoredQueue> queues() {
    return queues.values().stream().map(PlainQueue::view).toList();
  }

  @Override
  public synchronized List<Effect> commit(List<Order> orders) {
    return orders.stream().map(this::carryOut).toList();
  }

  @Override
  public synchronized List<Entry> read(LogId log, long afterSeq, LongPredicate lanes, int most) {
    return alive(log).tailMap(afterSeq, false).values().stream()
        .map(Line::entry)
        .filter(entry -> lanes.test(entry.lane()))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized List<Message> messages(LogId log, List<Long> seqs) {
    NavigableMap<Long, Line> lines = alive(log);
    List<Message> found = new ArrayList<>();
    for (long seq : seqs) {
      Line line = lines.get(seq);
      if (line != null) {
        found.add(line.message());
      }
    }
    return found;
  }

  @Override
  public synchronized @Nullable MessageStatus find(int queue, int subscription, MessageId id) {
    PlainLogs logs = subscriptions.get(subscription);
    PlainQueue of = queues.get(queue);
    if (logs == null || of == null || logs.queue != queue) {
      return null;
    }
    Line line = logs.line(id);
    if (line != null) {
      return waiting(of, line);
    }
    Corpse corpse = logs.deadById().get(id);
    if (corpse != null) {
      return dead(of, corpse);
    }
    PlainLogs.Ended ended = logs.ended.get(id);
    return ended == null ? null : done(of, id, ended);
  }

  @Override
  public synchronized List<DeadMessage> dead(
      int subscription, @Nullable MessageId after, int most) {
    PlainLogs logs = subscriptions.get(subscription);
    if (logs == null) {
      return List.of();
    }
    PlainQueue queue = Objects.requireNonNull(queues.get(logs.queue));
    NavigableMap<MessageId, Corpse> all = logs.deadById();
    return (after == null ? all : all.tailMap(after, false))
        .values().stream().limit(most).map(one -> deadMessage(queue, one)).toList();
  }

  @Override
  public synchronized List<Long> deadLanes(LogId log) {
    PlainLogs logs = subscriptions.get(log.subscription());
    return logs == null
        ? List.of()
        : logs.dead(log.shard()).values().stream()
            .map(one -> one.message().lane())
            .distinct()
            .sorted()
            .toList();
  }

  @Override
  public synchronized Totals totals(LogId log) {
    PlainLogs logs = subscriptions.get(log.subscription());
    return logs == null ? new Totals(0, 0, 0, 0, 0) : logs.totals(log);
  }

  @Override
  public synchronized long acquire(int queue, int shard, String owner, long leaseMs) {
    ShardId id = new ShardId(queue, shard);
    long epoch = queues.containsKey(queue) ? leases.offer(id, owner) : 0;
    if (epoch != 0) {
      leases.take(id, owner, leaseMs, epoch);
    }
    return epoch;
  }

  @Override
  public synchronized Map<ShardId, Long> renew(String owner, long leaseMs) {
    return leases.renew(owner, leaseMs);
  }

  @Override
  public synchronized void release(int queue, int shard, String owner) {
    leases.release(new ShardId(queue, shard), owner);
  }

  @Override
  public synchronized List<String> owners() {
    return leases.owners();
  }

  @Override
  public void close() {}

  private Effect carryOut(Order order) {
    return switch (order) {
      case Order.Append append -> append(append);
      case Order.Owned owned -> owned(owned);
      case Order.PutQueue put -> put(put);
      case Order.DropQueue drop -> drop(drop);
      case Order.PutSubscription put -> put(put);
      case Order.DropSubscription drop -> drop(drop);
      case Order.Pause pause -> pause(pause);
      case Order.Move move -> move(move);
      case Order.Expire expire -> expire(expire);
    };
  }

  private Effect append(Order.Append order) {
    PlainQueue queue = queues.get(order.queue());
    if (queue == null) {
      return new Effect.Gone();
    }
    String knownBy = order.draft().deduplicationId();
    if (knownBy != null) {
      PlainQueue.Known first = queue.known.get(knownBy);
      if (first != null && first.untilMs() > order.acceptedMs()) {
        return new Effect.Repeats(first.id(), queue.slots.shard(first.slot()));
      }
      long untilMs = order.acceptedMs() + order.deduplicateForMs();
      queue.known.put(knownBy, new PlainQueue.Known(order.id(), order.slot(), untilMs));
    }
    int shard = queue.slots.shard(order.slot());
    Line line = line(order, ++lastSeq);
    for (int subscription : order.subscriptions()) {
      if (queue.subscriptions.containsValue(subscription)) {
        logs(subscription).lines(shard).put(lastSeq, line);
      }
    }
    return new Effect.Appended(lastSeq, shard);
  }

  private static Line line(Order.Append order, long seq) {
    Message message =
        new Message(
            order.id(),
            order.draft().key(),
            order.lane(),
            order.slot(),
            seq,
            order.acceptedMs(),
            order.draft().content(),
            order.draft().callback());
    long notBeforeMs = order.draft().notBeforeMs();
    return new Line(message, 0, notBeforeMs, notBeforeMs != 0);
  }

  private Effect owned(Order.Owned order) {
    PlainLogs logs = subscriptions.get(order.log().subscription());
    if (logs == null) {
      return new Effect.Gone();
    }
    if (!leases.holds(new ShardId(logs.queue, order.log().shard()), order.epoch())) {
      return new Effect.Fenced();
    }
    NavigableMap<Long, Line> lines = logs.lines(order.log().shard());
    NavigableMap<Long, Corpse> dead = logs.dead(order.log().shard());
    boolean ofDead = order instanceof Order.Redrive || order instanceof Order.Purge;
    if (!(ofDead ? dead : lines).containsKey(order.seq())) {
      return new Effect.Gone();
    }
    return ofDead ? ofDead(order, dead, lines) : ofAlive(order, lines, logs);
  }

  private static Effect ofAlive(Order.Owned order, NavigableMap<Long, Line> lines, PlainLogs logs) {
    Line line = Objects.requireNonNull(lines.remove(order.seq()));
    Message message = line.message();
    switch (order) {
      case Order.Finish(_, _, _, Result result) when result != null ->
          logs.ended.put(
              message.id(), new PlainLogs.Ended(message.slot(), message.acceptedMs(), result));
      case Order.Postpone later ->
          lines.put(order.seq(), line.postponed(later.attempts(), later.notBeforeMs()));
      case Order.Bury bury ->
          logs.dead(order.log().shard())
              .put(
                  order.seq(),
                  new Corpse(message, bury.attempts(), bury.atMs(), bury.reason(), bury.result()));
      case Order.Finish _, Order.Redrive _, Order.Purge _ -> {}
    }
    return new Effect.Done();
  }

  private Effect ofDead(
      Order.Owned order, NavigableMap<Long, Corpse> dead, NavigableMap<Long, Line> lines) {
    Corpse corpse = Objects.requireNonNull(dead.remove(order.seq()));
    if (order instanceof Order.Redrive redrive) {
      lines.put(++lastSeq, Line.anew(corpse.message(), lastSeq, redrive.atMs()));
      return new Effect.Appended(lastSeq, order.log().shard());
    }
    return new Effect.Done();
  }

  private Effect put(Order.PutQueue order) {
    for (PlainQueue queue : queues.values()) {
      if (queue.terms.name().equals(order.terms().name())) {
        queue.terms = order.terms();
        return new Effect.Numbered(queue.number);
      }
    }
    queues.put(++lastNumber, new PlainQueue(lastNumber, order.terms()));
    return new Effect.Numbered(lastNumber);
  }

  private Effect drop(Order.DropQueue order) {
    PlainQueue queue = queues.remove(order.queue());
    if (queue == null) {
      return new Effect.Gone();
    }
    queue.subscriptions.values().forEach(subscriptions::remove);
    leases.forget(number -> number == order.queue());
    return new Effect.Done();
  }

  private Effect put(Order.PutSubscription order) {
    PlainQueue queue = queues.get(order.queue());
    if (queue == null) {
      return new Effect.Gone();
    }
    Integer number = queue.subscriptions.get(order.name());
    if (number == null) {
      number = ++lastNumber;
      queue.subscriptions.put(order.name(), number);
      subscriptions.put(number, new PlainLogs(queue.number, number));
    }
    return new Effect.Numbered(number);
  }

  private Effect drop(Order.DropSubscription order) {
    PlainQueue queue = queues.get(order.queue());
    if (queue == null || !queue.subscriptions.values().remove(order.subscription())) {
      return new Effect.Gone();
    }
    subscriptions.remove(order.subscription());
    return new Effect.Done();
  }

  private Effect pause(Order.Pause order) {
    PlainQueue queue = queues.get(order.queue());
    if (queue == null) {
      return new Effect.Gone();
    }
    queue.paused = order.paused();
    return new Effect.Done();
  }

  private Effect move(Order.Move order) {
    PlainQueue queue = queues.get(order.queue());
    if (queue == null) {
      return new Effect.Gone();
    }
    boolean owned =
        order.epochs().entrySet().stream()
            .allMatch(one -> leases.holds(new ShardId(queue.number, one.getKey()), one.getValue()));
    if (!owned || !queue.slots.equals(order.before())) {
      return new Effect.Fenced();
    }
    queue.slots = order.after();
    queue.subscriptions.values().forEach(number -> logs(number).move(order.after()));
    return new Effect.Done();
  }

  private Effect expire(Order.Expire order) {
    int left = order.most();
    for (PlainLogs logs : subscriptions.values()) {
      left -= logs.expire(order.nowMs(), left);
    }
    for (PlainQueue queue : queues.values()) {
      left -= queue.expire(order.nowMs(), left);
    }
    return new Effect.Forgotten(order.most() - left);
  }

  private PlainLogs logs(int subscription) {
    return Objects.requireNonNull(subscriptions.get(subscription));
  }

  private NavigableMap<Long, Line> alive(LogId log) {
    PlainLogs logs = subscriptions.get(log.subscription());
    return logs == null ? new TreeMap<>() : logs.lines(log.shard());
  }

  private static MessageStatus waiting(PlainQueue queue, Line line) {
    Message message = line.message();
    int shard = queue.slots.shard(message.slot());
    return new MessageStatus(
        message.id(),
        State.WAITING,
        shard,
        line.attempts(),
        message.acceptedMs(),
        line.notBeforeMs(),
        null,
        null);
  }

  private static MessageStatus dead(PlainQueue queue, Corpse one) {
    DeadMessage dead = deadMessage(queue, one);
    return new MessageStatus(
        dead.message().id(),
        State.DEAD,
        dead.shard(),
        dead.attempts(),
        dead.message().acceptedMs(),
        0,
        dead.reason(),
        dead.answer());
  }

  private static MessageStatus done(PlainQueue queue, MessageId id, PlainLogs.Ended ended) {
    return new MessageStatus(
        id,
        State.DONE,
        queue.slots.shard(ended.slot()),
        ended.result().attempts(),
        ended.acceptedMs(),
        0,
        null,
        ended.result().answer());
  }

  private static DeadMessage deadMessage(PlainQueue queue, Corpse one) {
    Answer answer = one.result() == null ? null : one.result().answer();
    int shard = queue.slots.shard(one.message().slot());
    return new DeadMessage(
        one.message(), shard, one.attempts(), one.diedMs(), one.reason(), answer);
  }
}
