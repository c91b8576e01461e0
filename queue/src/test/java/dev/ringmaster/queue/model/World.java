package dev.ringmaster.queue.model;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.message.Slots;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreScript;
import dev.ringmaster.queue.store.StoredQueue;
import dev.ringmaster.queue.store.Totals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A store and what a history has made of it, told in words that mean the same for every store:
/// seqs by the order in which they were given, epochs not at all.
final class World {
  private static final String OWNER = "one";
  private static final int MOST_SHARDS = 12;

  private QueueStore store;
  private final List<Long> seqs = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<MessageId> ids = new ArrayList<>();
  private final Map<LogId, Long> epochs = new HashMap<>();
  private long nowMs = StoreScript.NOW_MS;

  World(QueueStore store) throws StoreFault {
    this.store = store;
    putQueues();
  }

  /// After a restart of its process.
  void reopened(QueueStore store) throws StoreFault {
    this.store = store;
    acquire();
  }

  QueueStore store() {
    return store;
  }

  int places() {
    return places.size();
  }

  void putQueues() throws StoreFault {
    for (int queue = 0; queue < Step.QUEUES; queue++) {
      store.commit(List.of(new Order.PutQueue(StoreScript.terms("queue " + queue))));
      for (int name = 0; name < 2; name++) {
        store.commit(List.of(new Order.PutSubscription(number(queue), name(name))));
      }
    }
    acquire();
  }

  private void acquire() throws StoreFault {
    for (StoredQueue queue : store.queues()) {
      for (int shard = 0; shard < MOST_SHARDS; shard++) {
        epochs.put(
            new LogId(queue.number(), shard), store.acquire(queue.number(), shard, OWNER, 5_000));
      }
    }
  }

  /// Carries out the steps in one commit; what came of each.
  List<String> commit(List<Step> steps) throws StoreFault {
    nowMs += 10;
    List<Order> orders = new ArrayList<>();
    for (Step step : steps) {
      orders.add(order(step));
    }
    List<Effect> effects = store.commit(orders);
    List<String> told = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      told.add(told(orders.get(i), effects.get(i)));
    }
    return told;
  }

  private Order order(Step step) throws StoreFault {
    return switch (step) {
      case Step.Append append -> append(append);
      case Step.End end -> end(end);
      case Step.PutSubscription put ->
          new Order.PutSubscription(number(put.queue()), name(put.name()));
      case Step.DropSubscription drop ->
          new Order.DropSubscription(number(drop.queue()), subscription(drop.queue(), drop.name()));
      case Step.DropQueue drop -> new Order.DropQueue(number(drop.queue()));
      case Step.Pause pause -> new Order.Pause(number(pause.queue()), pause.paused());
      case Step.Split split -> move(split.queue(), slots(split.queue()), split.shard(), -1);
      case Step.Merge merge ->
          move(merge.queue(), slots(merge.queue()), merge.from(), merge.into());
      case Step.Expire _ -> new Order.Expire(nowMs, 1_000_000);
    };
  }

  private Order append(Step.Append step) throws StoreFault {
    List<Integer> subscriptions = new ArrayList<>();
    for (int name = 0; name < Step.SUBSCRIPTIONS; name++) {
      if ((step.subscriptions() & (1 << name)) != 0) {
        subscriptions.add(subscription(step.queue(), name));
      }
    }
    byte[] key = ("key " + step.key()).getBytes(StandardCharsets.US_ASCII);
    byte[] body = ("body " + ids.size()).repeat(step.key()).getBytes(StandardCharsets.US_ASCII);
    long lane = Slots.lane("queue " + step.queue(), key);
    MessageId id = new MessageId((nowMs << 16) | 0x7000, Long.MIN_VALUE | ids.size());
    ids.add(id);
    Draft draft =
        new Draft(
            key,
            Draft.ANY_SHARD,
            new Content(new byte[3], body),
            step.notBeforeMs(),
            step.known(),
            step.key() % 7 == 0 ? "https://example.org/" + step.key() : null);
    return new Order.Append(
        number(step.queue()), subscriptions, id, lane, Slots.slot(lane), nowMs, draft, 200);
  }

  private Order end(Step.End step) throws StoreFault {
    Place place = places.get(step.place());
    int queue = place.queue;
    LogId log = new LogId(subscription(queue, step.subscription()), slots(queue).shard(place.slot));
    long epoch = epochs.getOrDefault(new LogId(number(queue), log.shard()), 0L);
    epoch = step.stale() ? epoch - 1 : epoch;
    long seq = place.seq;
    int attempts = step.place() % 5;
    Order.Result result = StoreScript.result(200, "answer " + step.place(), nowMs + 100);
    return switch (step.kind()) {
      case FINISH -> new Order.Finish(log, epoch, seq, null);
      case FINISH_WITH_ANSWER -> new Order.Finish(log, epoch, seq, result);
      case POSTPONE -> new Order.Postpone(log, epoch, seq, attempts, nowMs + attempts);
      case BURY -> new Order.Bury(log, epoch, seq, attempts, nowMs, "reason", null);
      case BURY_WITH_ANSWER -> new Order.Bury(log, epoch, seq, attempts, nowMs, "reason", result);
      case REDRIVE -> new Order.Redrive(log, epoch, seq, nowMs);
      case PURGE -> new Order.Purge(log, epoch, seq);
    };
  }

  /// A split or a merge that cannot be made is asked for from a table that is not the queue's.
  private Order move(int queue, SlotTable before, int from, int into) throws StoreFault {
    SlotTable after;
    try {
      after = into < 0 ? before.split(from) : before.merge(from, into);
    } catch (IllegalArgumentException cannotBe) {
      return new Order.Move(number(queue), SlotTable.equal(1), SlotTable.equal(2), Map.of());
    }
    if (after.shards().getLast() >= MOST_SHARDS) {
      return new Order.Move(number(queue), SlotTable.equal(1), SlotTable.equal(2), Map.of());
    }
    Map<Integer, Long> held = new HashMap<>();
    for (int shard : List.of(from, into < 0 ? after.shards().getLast() : into)) {
      held.put(shard, epochs.getOrDefault(new LogId(number(queue), shard), 0L));
    }
    return new Order.Move(number(queue), before, after, held);
  }

  private String told(Order order, Effect effect) {
    return switch (effect) {
      case Effect.Appended at -> {
        seqs.add(at.seq());
        yield "place " + placed(order, at) + " in shard " + at.shard();
      }
      case Effect.Forgotten _ -> "forgotten";
      case Effect.Done _, Effect.Repeats _, Effect.Numbered _, Effect.Fenced _, Effect.Gone _ ->
          effect.toString();
    };
  }

  private int placed(Order order, Effect.Appended at) {
    if (order instanceof Order.Append append) {
      places.add(new Place(queueOf(append.queue()), append.slot(), at.seq()));
    } else if (order instanceof Order.Owned old) {
      Place place = places.stream().filter(one -> one.seq == old.seq()).findFirst().orElseThrow();
      places.add(new Place(place.queue, place.slot, at.seq()));
    }
    return places.size() - 1;
  }

  /// Everything that can be asked, as text.
  List<String> told() throws StoreFault {
    List<String> lines = new ArrayList<>();
    lines.add("seqs grow: " + seqs.equals(seqs.stream().sorted().distinct().toList()));
    for (StoredQueue queue : store.queues()) {
      lines.add(
          "%s %s %s %s %s"
              .formatted(
                  queue.number(),
                  queue.terms(),
                  Arrays.hashCode(queue.slots().toArray()),
                  queue.paused(),
                  queue.subscriptions()));
      for (int subscription : queue.subscriptions().values()) {
        tell(queue, subscription, lines);
      }
    }
    return lines;
  }

  private void tell(StoredQueue queue, int subscription, List<String> lines) throws StoreFault {
    for (int shard : queue.slots().shards()) {
      LogId log = new LogId(subscription, shard);
      List<Entry> entries = store.read(log, 0, lane -> true, 100_000);
      entries.forEach(entry -> lines.add(log + " " + told(entry)));
      store
          .messages(log, entries.stream().map(Entry::seq).toList())
          .forEach(message -> lines.add(log + " " + told(message)));
      Totals totals = store.totals(log);
      lines.add(
          "%s messages %d bytes %d oldest %d last %s dead %d"
              .formatted(
                  log,
                  totals.messages(),
                  totals.bytes(),
                  totals.oldestMs(),
                  rank(totals.lastSeq()),
                  totals.dead()));
      lines.add(log + " dead lanes " + store.deadLanes(log));
    }
    for (DeadMessage dead : store.dead(subscription, null, 100_000)) {
      lines.add(
          "%s dead in %d: %s, %d, %d, %s, %s"
              .formatted(
                  subscription,
                  dead.shard(),
                  told(dead.message()),
                  dead.attempts(),
                  dead.diedMs(),
                  dead.reason(),
                  dead.answer() == null
                      ? ""
                      : new String(dead.answer().body(), StandardCharsets.UTF_8)));
    }
    for (MessageId id : ids) {
      MessageStatus found = store.find(queue.number(), subscription, id);
      lines.add(subscription + " " + (found == null ? id + " unknown" : told(found)));
    }
  }

  private String told(Entry entry) {
    return "place %s: %s"
        .formatted(
            rank(entry.seq()),
            new Entry(
                0,
                entry.lane(),
                entry.slot(),
                entry.attempts(),
                entry.notBeforeMs(),
                entry.delayed(),
                entry.acceptedMs(),
                entry.bytes()));
  }

  private String told(Message message) {
    return "%s at %s, %s, %s, %d, %s, %d, %s"
        .formatted(
            message.id(),
            rank(message.seq()),
            new String(message.key(), StandardCharsets.UTF_8),
            message.lane(),
            message.slot(),
            message.callback(),
            message.acceptedMs(),
            new String(message.content().body(), StandardCharsets.UTF_8));
  }

  private static String told(MessageStatus status) {
    return "%s %s in %d, %d, %d, %d, %s, %s"
        .formatted(
            status.id(),
            status.state(),
            status.shard(),
            status.attempts(),
            status.acceptedMs(),
            status.nextMs(),
            status.reason(),
            status.answer() == null
                ? ""
                : new String(status.answer().body(), StandardCharsets.UTF_8));
  }

  private int rank(long seq) {
    return seqs.indexOf(seq);
  }

  private int number(int queue) throws StoreFault {
    return store.queues().stream()
        .filter(one -> one.terms().name().equals("queue " + queue))
        .mapToInt(StoredQueue::number)
        .findFirst()
        .orElse(9_999);
  }

  private int queueOf(int number) {
    return placesQueue.getOrDefault(number, 0);
  }

  private final Map<Integer, Integer> placesQueue = new HashMap<>();

  private int subscription(int queue, int name) throws StoreFault {
    for (StoredQueue one : store.queues()) {
      if (one.terms().name().equals("queue " + queue)) {
        placesQueue.put(one.number(), queue);
        return one.subscriptions().getOrDefault(name(name), 9_999);
      }
    }
    return 9_999;
  }

  private SlotTable slots(int queue) throws StoreFault {
    for (StoredQueue one : store.queues()) {
      if (one.terms().name().equals("queue " + queue)) {
        return one.slots();
      }
    }
    return SlotTable.equal(4);
  }

  private static String name(int name) {
    return name == 0 ? "main" : "sub " + name;
  }

  private record Place(int queue, int slot, long seq) {}
}
