package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.commit.Committed;
import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.QueueView.ShardView;
import dev.ringmaster.queue.control.QueueView.SubscriptionView;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.lane.Lanes;
import dev.ringmaster.queue.lane.Read;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.MessageIds;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoredQueue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All that the owner of a queue does. One thread runs it: whatever happens is told to it as a
/// letter, and after some letters comes a [#turn], in which it gives out what is ready, orders what
/// is to be kept and reads what will be needed.
///
/// ```
///                      appended, ended, leased, acknowledged …
///                                        │ letters
///                                        ▼
///   store ◀── reads ── Fetching   ┌─── turn ───┐   Push ──▶ courier ──▶ ended
///                                 │   lanes    │
///   store ◀── commits ── Outbox   └────────────┘   Pull ──▶ consumers ──▶ acknowledged
/// ```
///
/// It has no thread, no clock and no randomness of its own, so that a simulation runs it as life
/// does. What others may know is [#view], one immutable value.
public final class Desk {
  /// The view is at most so old.
  private static final long VIEW_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

  /// What a drain takes at most beyond the time of an attempt.
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

  private final Floor floor;
  private final Shards shards;
  private final Push push;
  private final Pull pull;
  private final Changes changes;
  private final Moves moves;
  private final Graves graves;
  private final News news;
  private @Nullable Runnable stopped;
  private final Room room = new Room();
  private final Intake intake;
  private volatile QueueView view;
  private volatile Standing standing;
  private volatile long revision;
  private long viewedNs;
  private long changed;
  private Freshness freshness = Freshness.FRESH;

  /// Whether the view is as the queue is.
  private enum Freshness {
    FRESH,
    STALE
  }

  /// @param stored the queue as the store has it
  public Desk(StoredQueue stored, Tools tools, Budget budget, MessageIds ids) {
    intake = new Intake(tools, ids, room);
    floor = new Floor(stored, tools, budget);
    shards = new Shards(floor);
    Fates fates = new Fates(floor, log -> lose(log.id.shard()));
    push = new Push(floor, fates);
    pull = new Pull(floor, fates);
    news = new News(floor);
    moves = new Moves(floor, shards, news, this::publishChange);
    graves = new Graves(floor, shards, news);
    changes = new Changes(floor, shards, this::publishChange);
    view = floor.view();
    standing = floor.standing(null);
    viewedNs = floor.tools.clocks().nowNs();
  }

  /// The queue at one moment; for any thread.
  public QueueView view() {
    return view;
  }

  /// Its number in the store; for any thread.
  public int number() {
    return floor.number;
  }

  /// The number of its main subscription in the store, -1 if it has none; for any thread.
  public int mainNumber() {
    return standing.main();
  }

  /// Accepts all of these or none; for any thread.
  public CompletionStage<Reply<List<Accepted>>> send(List<Draft> drafts) {
    return switch (intake.check(standing, drafts)) {
      case Intake.Checked.Bad bad -> CompletableFuture.completedStage(Intake.refused(bad));
      case Intake.Checked.Good good ->
          floor
              .tools
              .committer()
              .submit(good.orders())
              .thenApply(committed -> kept(good, committed));
    };
  }

  /// The order that keeps a message which nobody may refuse; for any thread.
  public Order.Append append(Draft draft) {
    return intake.append(standing, draft, floor.tools.clocks().nowMs());
  }

  /// What came of such an order.
  public void kept(Order.Append order, Effect effect) {
    if (effect instanceof Effect.Appended(long seq, int shard)) {
      shards.appended(order, seq, shard);
    } else {
      news.doubt(List.of(order));
    }
  }

  /// Still on the committer's thread, so that letters come in the order of the commits.
  private Reply<List<Accepted>> kept(Intake.Checked.Good good, Committed committed) {
    floor.tools.self().execute(() -> heard(good, committed));
    return intake.reply(good.orders(), committed);
  }

  private void heard(Intake.Checked.Good good, Committed committed) {
    if (committed instanceof Committed.Durable(List<Effect> effects)) {
      for (int i = 0; i < effects.size(); i++) {
        if (effects.get(i) instanceof Effect.Appended(long seq, int shard)) {
          shards.appended((Order.Append) good.orders().get(i), seq, shard);
        }
      }
    }
    if (committed instanceof Committed.Failed(StoreFault fault)
        && fault.durable() == StoreFault.Durable.UNKNOWN) {
      news.doubt(good.orders());
      shards.doubt(good.orders());
    }
    floor.comeMessages += good.orders().size();
    floor.comeBytes += good.bytes();
  }

  /// Whether a message of the main subscription is with the courier; for any thread.
  public boolean isUnderWay(MessageId id) {
    return push.isUnderWay(id);
  }

  /// A shard is owned here from now on.
  public void own(int shard, long epoch) {
    shards.own(shard, epoch);
  }

  /// The leases of all shards that are owned here run until then.
  public void leased(long untilNs) {
    floor.leasedUntilNs = untilNs;
  }

  /// A shard is owned by another.
  public void lose(int shard) {
    shards.lose(shard);
    stale();
  }

  /// A consumer asks for messages.
  public void lease(LeaseRequest request, CompletableFuture<Reply<List<Leased>>> reply) {
    with(request.subscription(), reply, line -> pull.lease(line, request, reply));
  }

  /// A consumer has handled messages.
  public void acknowledge(
      String subscription, List<Receipt> receipts, CompletableFuture<Reply<List<Receipt>>> reply) {
    with(subscription, reply, line -> pull.acknowledge(line, receipts, reply));
  }

  /// A consumer needs more time.
  public void extend(
      String subscription,
      List<Receipt> receipts,
      long visibilityMs,
      CompletableFuture<Reply<List<Receipt>>> reply) {
    with(subscription, reply, line -> pull.extend(line, receipts, visibilityMs, reply));
  }

  /// A consumer gives messages back.
  public void release(
      String subscription,
      List<Receipt> receipts,
      long delayMs,
      CompletableFuture<Reply<List<Receipt>>> reply) {
    with(subscription, reply, line -> pull.release(line, receipts, delayMs, reply));
  }

  /// Other terms have been stored.
  public void termed(QueueTerms terms, CompletableFuture<Reply<QueueView>> reply) {
    changes.termed(terms, reply);
  }

  /// Gives nothing out any more, or again.
  public void pause(boolean paused, CompletableFuture<Reply<QueueView>> reply) {
    changes.pause(paused, reply);
  }

  public void subscribe(String name, CompletableFuture<Reply<QueueView>> reply) {
    changes.subscribe(name, reply);
  }

  public void unsubscribe(String name, CompletableFuture<Reply<QueueView>> reply) {
    with(name, reply, line -> changes.unsubscribe(line, reply));
  }

  /// Ends the queue with all that it holds.
  ///
  /// @param gone told when it is removed on disk
  public void remove(CompletableFuture<Reply<QueueView>> reply, Runnable gone) {
    changes.remove(reply, gone);
  }

  /// A shard is to be another's: what is in flight in it ends, nothing more is given out.
  ///
  /// @param drained told when it is lost here
  public void giveUp(int shard, Runnable drained) {
    Runnable then =
        () -> {
          lose(shard);
          drained.run();
        };
    moves.giveUp(shard, patienceNs(), then);
  }

  private long patienceNs() {
    return floor.terms.retry().timeout().toNanos() + PATIENCE_NS;
  }

  /// Gives nothing out from now on.
  ///
  /// @param drained told when nothing is in flight and all that is known is on disk
  public void stop(Runnable drained) {
    floor.paused = true;
    for (Line line : floor.lines()) {
      line.waiters.removeAll().forEach(Waiters.Waiter::giveUp);
    }
    stopped = drained;
  }

  private void lookStopped() {
    Runnable then = stopped;
    if (then != null && push.out() == 0 && floor.outbox.isIdle()) {
      stopped = null;
      then.run();
    }
  }

  public void split(int shard, CompletableFuture<Reply<QueueView>> reply) {
    moves.split(shard, patienceNs(), reply);
  }

  public void merge(int from, int into, CompletableFuture<Reply<QueueView>> reply) {
    moves.merge(from, into, patienceNs(), reply);
  }

  /// The dead messages of a subscription.
  public void dead(
      String subscription,
      @Nullable MessageId after,
      int most,
      CompletableFuture<Reply<List<DeadMessage>>> reply) {
    with(subscription, reply, line -> graves.show(line, after, most, reply));
  }

  public void redrive(
      String subscription, List<MessageId> ids, CompletableFuture<Reply<Long>> reply) {
    with(subscription, reply, line -> graves.redrive(line, ids, reply));
  }

  public void purge(
      String subscription, List<MessageId> ids, CompletableFuture<Reply<Long>> reply) {
    with(subscription, reply, line -> graves.purge(line, ids, reply));
  }

  /// The queue has been removed by another process, or by this one.
  public void removed() {
    changes.removed();
  }

  /// The queue as the store had it, which another process may have changed.
  ///
  /// @param revision how often it had been changed here before that was read: a change since then
  ///   makes it old
  public void seen(StoredQueue stored, long revision) {
    if (moves.isIdle() && revision == this.revision) {
      changes.seen(stored);
    }
  }

  /// How often the queue has been changed here; for any thread.
  public long revision() {
    return revision;
  }

  private <T> void with(
      String subscription, CompletableFuture<Reply<T>> reply, Consumer<Line> then) {
    Line line = floor.line(subscription);
    if (line == null) {
      reply.complete(
          new Reply.Refused<>(
              Refusal.UNKNOWN,
              "the queue '" + floor.terms.name() + "' has no subscription '" + subscription + "'",
              -1));
    } else {
      then.accept(line);
    }
  }

  /// Does what follows from the letters so far.
  ///
  /// @return how long until the next turn, if no letter comes
  public long turn() {
    floor.alarms.ring(floor.tools.clocks().nowNs());
    do {
      steps();
      floor.lines().forEach(this::pump);
      moves.look();
    } while (!floor.touched.isEmpty());
    floor.fetching.flush();
    floor.outbox.flush();
    lookStopped();
    room.hold(floor.held());
    room.giveBack(floor.comeMessages, floor.comeBytes);
    floor.comeMessages = 0;
    floor.comeBytes = 0;
    return Math.min(publish(), floor.alarms.dueInNs(floor.tools.clocks().nowNs()));
  }

  private void steps() {
    while (!floor.touched.isEmpty()) {
      step(floor.touched.removeFirst());
      stale();
    }
  }

  /// Gives out what is ready.
  private void pump(Line line) {
    if (floor.isPushed(line)) {
      push.pump(line);
    } else {
      pull.pump(line);
    }
  }

  private void step(ShardLog log) {
    if (log.isLost()) {
      return;
    }
    Lanes lanes = log.lanes();
    lanes.due().forEach(seq -> pull.expired(log, seq));
    Read read = lanes.wanted();
    if (read != null) {
      floor.tools.ask(
          store -> store.read(log.id, read.afterSeq(), read.lanes(), read.most()),
          entries -> {
            log.lanes().loaded(read, entries);
            floor.touched.add(log);
          },
          fault ->
              floor.alarms.at(floor.tools.clocks().nowNs() + AGAIN_NS, () -> again(log, read)));
    }
    log.line.enqueue(log);
    log.line.recount(log);
    alarm(log, lanes.dueInNs());
  }

  private void again(ShardLog log, Read read) {
    log.lanes().readFailed(read);
    floor.touched.add(log);
  }

  /// Looks at a log again when something in it is due.
  private void alarm(ShardLog log, long inNs) {
    if (inNs == Long.MAX_VALUE) {
      return;
    }
    long atNs = floor.tools.clocks().nowNs() + inNs;
    if (!log.alarmed || atNs - log.alarmNs < 0) {
      log.alarmed = true;
      log.alarmNs = atNs;
      floor.alarms.at(
          atNs,
          () -> {
            log.alarmed = log.alarmed && log.alarmNs != atNs;
            floor.touched.add(log);
          });
    }
  }

  private void stale() {
    freshness = Freshness.STALE;
  }

  /// Shows the queue as it is, if that is due.
  ///
  /// @return how long until it is due; [Long#MAX_VALUE] if nothing has changed
  private long publish() {
    if (freshness == Freshness.FRESH) {
      return Long.MAX_VALUE;
    }
    long nowNs = floor.tools.clocks().nowNs();
    long waitNs = viewedNs + VIEW_NS - nowNs;
    if (waitNs > 0) {
      return waitNs;
    }
    publishNow();
    return Long.MAX_VALUE;
  }

  /// The queue itself has changed.
  private QueueView publishChange() {
    standing = floor.standing(standing);
    revision = ++changed;
    return publishNow();
  }

  private QueueView publishNow() {
    freshness = Freshness.FRESH;
    viewedNs = floor.tools.clocks().nowNs();
    QueueView now = floor.view();
    room.oldest(oldestMs(now));
    view = now;
    return now;
  }

  private static long oldestMs(QueueView view) {
    long oldest = 0;
    for (SubscriptionView line : view.subscriptions()) {
      for (ShardView shard : line.shards()) {
        boolean older = shard.oldestMs() != 0 && (oldest == 0 || shard.oldestMs() < oldest);
        oldest = older ? shard.oldestMs() : oldest;
      }
    }
    return oldest;
  }
}
