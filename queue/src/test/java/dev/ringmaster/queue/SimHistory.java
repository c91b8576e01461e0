package dev.ringmaster.queue;

import dev.ringmaster.queue.SimInstance.Sharing;
import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.QueueView.ShardView;
import dev.ringmaster.queue.control.QueueView.SubscriptionView;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.proof.SequenceOracle;
import dev.ringmaster.queue.proof.Verdicts;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore.ShardId;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoredQueue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// One history: producers send, handlers or consumers handle, things go wrong; then all is mended,
/// and what the queue promises must have been kept.
///
/// A message's body is its name, `key/n`. Unkeyed and delayed messages are named by keys of their
/// own, since nothing is promised of their order.
final class SimHistory implements SimStore.Watch {
  static final String QUEUE = "q";

  private static final int MOST_EVENTS = 400_000;
  private static final long MEND_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long CALM_NS = TimeUnit.SECONDS.toNanos(4);
  private static final long TAKEOVER_NS = TimeUnit.SECONDS.toNanos(8);

  final SimWorld world;
  final SimPlan plan;
  final SimStore store;
  final List<SimInstance> instances = new ArrayList<>();
  final Map<Integer, SequenceOracle> oracles = new TreeMap<>();
  final Set<String> acknowledging = new HashSet<>();
  Weather weather = Weather.ROUGH;
  private final Map<Long, Tag> bySeq = new HashMap<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final SimHandlers handlers;
  private final SimConsumers consumers;
  private final SimTroubles troubles;
  private int toSend;
  private int sending;
  private int events;
  private int starts;

  /// Whether handlers fail and things go wrong.
  enum Weather {
    ROUGH,
    CALM
  }

  /// A message's name.
  record Tag(String key, long n) {
    static Tag of(Message message) {
      return parse(message.content().body());
    }

    static Tag parse(byte[] body) {
      String[] parts = new String(body, StandardCharsets.US_ASCII).split("/", 2);
      return new Tag(parts[0], Long.parseLong(parts[1]));
    }
  }

  SimHistory(long seed) {
    world = new SimWorld(seed);
    plan = SimPlan.of(world.random);
    store = new SimStore(world, this);
    handlers = new SimHandlers(this);
    consumers = new SimConsumers(this);
    troubles = new SimTroubles(this);
    toSend = plan.messages();
  }

  /// @throws AssertionError if a promise was broken
  void run() {
    begin();
    for (int key = 0; key < plan.keys(); key++) {
      produce("k" + key, 0, 1);
    }
    consumers.begin();
    troubles.begin();
    long mendAtNs = world.nowNs() + troubles.lastNs();
    until(mendAtNs, () -> toSend == 0 && sending == 0 && world.nowNs() >= mendAtNs);
    weather = Weather.CALM;
    store.failing(0);
    troubles.mend();
    until(world.nowNs() + MEND_NS, this::isComplete);
    judge();
    until(world.nowNs() + (plan.instances() > 1 ? TAKEOVER_NS + CALM_NS : CALM_NS), () -> false);
    judge();
    judgeCounters();
  }

  private void begin() {
    QueueTerms terms = plan.terms();
    commit(new Order.PutQueue(terms));
    int number = stored().number();
    commit(new Order.PutSubscription(number, QueueTerms.MAIN));
    if (plan.subscriptions() > 1) {
      commit(new Order.PutSubscription(number, "other"));
    }
    stored().subscriptions().values().forEach(one -> oracles.put(one, new SequenceOracle()));
    for (int i = 0; i < plan.instances(); i++) {
      start();
    }
    store.failing(plan.faults());
  }

  /// Another Ringmaster starts.
  void start() {
    Sharing sharing = plan.instances() == 1 ? Sharing.ALONE : Sharing.SHARED;
    String name = sharing == Sharing.ALONE ? "alone" : "r" + ++starts;
    instances.add(new SimInstance(name, world, store, stored(), sharing, handlers.of(name)));
    handlers.serve(instances.getLast());
  }

  StoredQueue stored() {
    return store.asItIs().getFirst();
  }

  private void commit(Order order) {
    try {
      var _ = store.commit(List.of(order));
    } catch (StoreFault fault) {
      throw new AssertionError(fault);
    }
  }

  private void until(long atNs, BooleanSupplier done) {
    while ((events % 32 != 0 || !done.getAsBoolean()) && world.nowNs() <= atNs) {
      if (++events > MOST_EVENTS) {
        throw new AssertionError("it does not come to rest: " + plan);
      }
      if (!world.step()) {
        return;
      }
    }
  }

  /// Any instance that lives.
  SimInstance any() {
    List<SimInstance> alive = instances.stream().filter(SimInstance::isAlive).toList();
    return alive.get(world.pick(alive.size()));
  }

  /// @param life of the producer: one that gets no answer starts anew, since the message may still
  ///   come, after those that follow
  private void produce(String key, int life, long n) {
    if (toSend == 0) {
      return;
    }
    toSend--;
    sending++;
    Draft draft = draft(key, life, n);
    Tag tag = Tag.parse(draft.content().body());
    SimInstance to = any();
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    to.at(
        0,
        () ->
            to.desk
                .send(List.of(draft))
                .thenAccept(reply -> {
                  answered(tag, reply);
                  answered.complete(true);
                }));
    world.at(TimeUnit.MILLISECONDS.toNanos(80), () -> answered.complete(false));
    var _ =
        answered.thenAccept(there -> {
          sending--;
          world.soon(4000, () -> produce(key, there ? life : life + 1, there ? n + 1 : 1));
        });
  }

  private void answered(Tag tag, Reply<List<Accepted>> reply) {
    if (reply instanceof Reply.Done<List<Accepted>>) {
      oracles.values().forEach(oracle -> oracle.confirmed(tag.key, tag.n));
    }
  }

  private Draft draft(String key, int life, long n) {
    boolean keyed = !world.chance(0.15);
    boolean delayed = world.chance(0.2);
    String name =
        keyed && !delayed
            ? key + "." + life + "/" + n
            : key + (keyed ? "~" : "-") + life + "." + n + "/1";
    byte[] keyBytes = keyed ? key.getBytes(StandardCharsets.US_ASCII) : new byte[0];
    long notBeforeMs = delayed ? world.wallClock().millis() + 1 + world.pick(40) : 0;
    return new Draft(
        keyBytes,
        Draft.ANY_SHARD,
        new Content(new byte[0], name.getBytes(StandardCharsets.US_ASCII)),
        notBeforeMs,
        null,
        null);
  }

  @Override
  public void durable(Order order, Effect effect) {
    switch (order) {
      case Order.Append append -> {
        if (effect instanceof Effect.Appended(long seq, int _)) {
          Tag tag = Tag.parse(append.draft().content().body());
          bySeq.put(seq, tag);
          slots.put(tag.key, append.slot());
        }
      }
      case Order.Owned owned -> durable(owned, effect);
      default -> {}
    }
  }

  private void durable(Order.Owned order, Effect effect) {
    SequenceOracle oracle = oracle(order.log().subscription());
    Tag tag = Objects.requireNonNull(bySeq.get(order.seq()));
    if (order instanceof Order.Redrive && effect instanceof Effect.Appended(long seq, int _)) {
      bySeq.put(seq, tag);
      oracle.redriven(tag.key, tag.n);
    } else if (order instanceof Order.Bury && effect instanceof Effect.Done) {
      oracle.dead(tag.key, tag.n);
    } else if (order instanceof Order.Finish && effect instanceof Effect.Done) {
      finished(order.log().subscription(), oracle, tag);
    }
  }

  private void finished(int subscription, SequenceOracle oracle, Tag tag) {
    if (plan.isPushed()) {
      oracle.ended(tag.key, tag.n);
    } else if (acknowledging.contains(subscription + ":" + tag)) {
      oracle.acknowledged(tag.key, tag.n);
    }
  }

  @Override
  public void taken(String from, ShardId shard) {
    var table = stored().slots();
    for (SequenceOracle oracle : oracles.values()) {
      oracle.lost(from, key -> table.shard(slots.getOrDefault(key, 0)) == shard.shard());
    }
  }

  /// Who judges a subscription.
  SequenceOracle oracle(int subscription) {
    return Objects.requireNonNull(oracles.get(subscription));
  }

  boolean isComplete() {
    return toSend == 0
        && sending == 0
        && oracles.values().stream().allMatch(SequenceOracle::isComplete);
  }

  private void judge() {
    for (SequenceOracle oracle : oracles.values()) {
      Verdicts verdicts = oracle.verdicts();
      if (!verdicts.isGood()) {
        throw new AssertionError(verdicts + " in " + plan);
      }
    }
  }

  /// When all has ended, what was counted is what is there.
  private void judgeCounters() {
    Set<String> owned = new HashSet<>();
    for (SimInstance instance : instances) {
      if (instance.isAlive()) {
        judge(instance.desk.view(), owned);
      }
    }
    int all = oracles.size() * stored().slots().shards().size();
    if (owned.size() != all) {
      throw new AssertionError("owned are " + owned + " of " + all + " in " + plan);
    }
  }

  private void judge(QueueView view, Set<String> owned) {
    for (SubscriptionView line : view.subscriptions()) {
      for (ShardView shard : line.shards()) {
        boolean once = owned.add(line.name() + "." + shard.shard());
        boolean empty =
            shard.depth() == 0
                && shard.ready() == 0
                && shard.inFlight() == 0
                && shard.delayed() == 0
                && shard.oldestMs() == 0;
        if (!once || !empty) {
          throw new AssertionError(line.name() + ": " + shard + " in " + plan);
        }
      }
    }
  }
}
