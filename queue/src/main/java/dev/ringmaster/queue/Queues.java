package dev.ringmaster.queue;

import dev.ringmaster.queue.OwnerThread.Place;
import dev.ringmaster.queue.commit.CommitThread;
import dev.ringmaster.queue.commit.Committed;
import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.desk.Clocks;
import dev.ringmaster.queue.desk.Desk;
import dev.ringmaster.queue.desk.Post;
import dev.ringmaster.queue.desk.Tools;
import dev.ringmaster.queue.lane.Bounds;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.MessageIds;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoredQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The queues of this process over one store.
///
/// A message's way: [#send] on any thread checks it and hands it to the committer; when it is on
/// disk the producer is answered and the queue's [Desk] hears of it; the desk, on the thread that
/// owns the queue, gives it out in the order of its key; what became of it goes to the committer
/// again. What only the store knows is read by a few reader threads.
public final class Queues implements QueueControl, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Queues.class);

  /// Threads that read.
  private static final int READERS = 2;

  /// Reads that wait; more are refused.
  private static final int MOST_READS = 8192;

  /// What is in flight at the end gets so long.
  private static final long LAST_WORK_MS = 10_000;

  private static final long RETRY_AFTER_MS = 1000;

  private final QueueStore store;
  private final QueuesSettings settings;
  private final Clocks clocks;
  private final RandomGenerator random;
  private final MessageIds ids;
  private final CommitThread writer;
  private final ThreadPoolExecutor readers;
  private final List<OwnerThread> owners = new ArrayList<>();
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final Ownership ownership;
  private final LeaseThread leases;
  private final CallbackQueue callbacks = new CallbackQueue(() -> place(CallbackQueue.NAME));
  private volatile @Nullable Courier courier;

  private Queues(QueueStore store, QueuesSettings settings, Clocks clocks, RandomGenerator random) {
    this.store = store;
    this.settings = settings;
    this.clocks = clocks;
    this.random = random;
    this.ids = new MessageIds(clocks.wall(), random);
    this.writer = new CommitThread(store);
    this.readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_READS),
            Thread.ofPlatform().name("queue-reader-", 0).daemon().factory());
    for (int i = 0; i < settings.owners(); i++) {
      owners.add(
          new OwnerThread("queue-" + i, clocks.nanos(), settings.keptBytes() / settings.owners()));
    }
    this.ownership =
        new Ownership(
            store,
            settings,
            clocks,
            new Ownership.World(this::posts, this::seen, this::wakeLeases));
    this.leases = new LeaseThread(ownership);
  }

  /// Takes up what the store has. Nothing is pushed before [#deliverBy].
  ///
  /// @param random safe for use by several threads, and not to be guessed: ids are made of it
  public static Queues open(
      QueueStore store, QueuesSettings settings, Clocks clocks, RandomGenerator random)
      throws StoreFault {
    List<StoredQueue> stored = store.queues();
    Queues queues = new Queues(store, settings, clocks, random);
    stored.forEach(queues::add);
    queues.leases.start();
    return queues;
  }

  /// From now on messages of queues with a service are given to this courier.
  public void deliverBy(Courier courier) {
    this.courier = courier;
    places.values().forEach(place -> place.execute(() -> {}));
  }

  /// From now on messages may have a callback.
  ///
  /// @param caller posts their results
  /// @param text what is posted of a message of a queue: JSON
  public void callBackBy(Courier caller, BiFunction<String, MessageStatus, byte[]> text) {
    callbacks.callBy(caller, text);
    Place place = places.get(CallbackQueue.NAME);
    if (place != null) {
      place.execute(() -> {});
    }
  }

  private @Nullable Place place(String name) {
    return places.get(name);
  }

  @Override
  public CompletionStage<Reply<Accepted>> send(String queue, Draft draft) {
    return sendAll(queue, List.of(draft)).thenApply(Queues::first);
  }

  private static Reply<Accepted> first(Reply<List<Accepted>> reply) {
    return switch (reply) {
      case Reply.Done<List<Accepted>>(List<Accepted> all) -> new Reply.Done<>(all.getFirst());
      case Reply.Refused<List<Accepted>>(Refusal kind, String reason, long retryAfterMs) ->
          new Reply.Refused<>(kind, reason, retryAfterMs);
    };
  }

  @Override
  public CompletionStage<Reply<List<Accepted>>> sendAll(String queue, List<Draft> drafts) {
    Place place = places.get(queue);
    if (place == null) {
      return CompletableFuture.completedStage(unknown(queue));
    }
    if (!place.isWell()) {
      return CompletableFuture.completedStage(broken(queue));
    }
    if (drafts.isEmpty()) {
      return CompletableFuture.completedStage(new Reply.Done<>(List.of()));
    }
    boolean callback = drafts.stream().anyMatch(draft -> draft.callback() != null);
    return callback ? sendWithCallback(place, drafts) : place.desk().send(drafts);
  }

  /// The queue of results is made when it is first needed.
  private CompletionStage<Reply<List<Accepted>>> sendWithCallback(Place place, List<Draft> drafts) {
    if (!callbacks.isOn()) {
      return CompletableFuture.completedStage(
          new Reply.Refused<>(Refusal.FORBIDDEN, "results are not posted anywhere", -1));
    }
    if (places.containsKey(CallbackQueue.NAME)) {
      return place.desk().send(drafts);
    }
    return put(CallbackQueue.terms())
        .thenCompose(made ->
            switch (made) {
              case Reply.Done<QueueView> _ -> place.desk().send(drafts);
              case Reply.Refused<QueueView>(Refusal kind, String reason, long retryAfterMs) ->
                  CompletableFuture.completedStage(new Reply.Refused<>(kind, reason, retryAfterMs));
            });
  }

  @Override
  public CompletionStage<Reply<MessageStatus>> find(String queue, MessageId id) {
    Place place = places.get(queue);
    if (place == null) {
      return CompletableFuture.completedStage(unknown(queue));
    }
    Desk desk = place.desk();
    return read(() -> {
      MessageStatus found = store.find(desk.number(), desk.mainNumber(), id);
      return found == null
          ? new Reply.Refused<>(
              Refusal.UNKNOWN,
              "the queue '" + queue + "' knows no message " + id + " (any more)",
              -1)
          : new Reply.Done<>(desk.isUnderWay(id) ? underWay(found) : found);
    });
  }

  private static MessageStatus underWay(MessageStatus found) {
    return found.state() != State.WAITING
        ? found
        : new MessageStatus(
            found.id(),
            State.IN_FLIGHT,
            found.shard(),
            found.attempts() + 1,
            found.acceptedMs(),
            0,
            found.reason(),
            null);
  }

  @Override
  public List<QueueView> queues() {
    return places.values().stream()
        .map(place -> place.desk().view())
        .sorted(Comparator.comparing(view -> view.terms().name()))
        .toList();
  }

  @Override
  public @Nullable QueueView queue(String name) {
    Place place = places.get(name);
    return place == null ? null : place.desk().view();
  }

  @Override
  public CompletionStage<Reply<QueueView>> put(QueueTerms terms) {
    CompletableFuture<Reply<QueueView>> reply = new CompletableFuture<>();
    submit(
        new Order.PutQueue(terms),
        reply,
        effect -> {
          if (effect instanceof Effect.Numbered(int number)) {
            stored(number, terms, reply);
          }
        });
    return reply;
  }

  private void stored(int number, QueueTerms terms, CompletableFuture<Reply<QueueView>> reply) {
    Place place = places.get(terms.name());
    if (place != null && place.desk().number() == number) {
      place.execute(() -> place.desk().termed(terms, reply));
      return;
    }
    StoredQueue fresh =
        new StoredQueue(number, terms, SlotTable.equal(terms.shards()), false, Map.of());
    Place added = add(fresh);
    added.execute(() -> added.desk().subscribe(QueueTerms.MAIN, reply));
    ownership.look();
  }

  @Override
  public CompletionStage<Reply<QueueView>> remove(String queue) {
    return at(queue, (place, reply) -> place.desk().remove(reply, () -> retire(queue)));
  }

  @Override
  public CompletionStage<Reply<QueueView>> subscribe(String queue, String subscription) {
    return at(queue, (place, reply) -> place.desk().subscribe(subscription, reply));
  }

  @Override
  public CompletionStage<Reply<QueueView>> unsubscribe(String queue, String subscription) {
    return at(queue, (place, reply) -> place.desk().unsubscribe(subscription, reply));
  }

  @Override
  public CompletionStage<Reply<QueueView>> pause(String queue) {
    return at(queue, (place, reply) -> place.desk().pause(true, reply));
  }

  @Override
  public CompletionStage<Reply<QueueView>> resume(String queue) {
    return at(queue, (place, reply) -> place.desk().pause(false, reply));
  }

  @Override
  public CompletionStage<Reply<QueueView>> split(String queue, int shard) {
    return at(queue, (place, reply) -> place.desk().split(shard, reply));
  }

  @Override
  public CompletionStage<Reply<QueueView>> merge(String queue, int from, int into) {
    return at(queue, (place, reply) -> place.desk().merge(from, into, reply));
  }

  @Override
  public CompletionStage<Reply<List<Leased>>> lease(LeaseRequest request) {
    return at(request.queue(), (place, reply) -> place.desk().lease(request, reply));
  }

  @Override
  public CompletionStage<Reply<List<Receipt>>> acknowledge(
      String queue, String subscription, List<Receipt> receipts) {
    return at(queue, (place, reply) -> place.desk().acknowledge(subscription, receipts, reply));
  }

  @Override
  public CompletionStage<Reply<List<Receipt>>> extend(
      String queue, String subscription, List<Receipt> receipts, long visibilityMs) {
    return at(
        queue, (place, reply) -> place.desk().extend(subscription, receipts, visibilityMs, reply));
  }

  @Override
  public CompletionStage<Reply<List<Receipt>>> release(
      String queue, String subscription, List<Receipt> receipts, long delayMs) {
    return at(
        queue, (place, reply) -> place.desk().release(subscription, receipts, delayMs, reply));
  }

  @Override
  public CompletionStage<Reply<List<DeadMessage>>> dead(
      String queue, String subscription, @Nullable MessageId after, int most) {
    return at(queue, (place, reply) -> place.desk().dead(subscription, after, most, reply));
  }

  @Override
  public CompletionStage<Reply<Long>> redrive(
      String queue, String subscription, List<MessageId> ids) {
    return at(queue, (place, reply) -> place.desk().redrive(subscription, ids, reply));
  }

  @Override
  public CompletionStage<Reply<Long>> purge(
      String queue, String subscription, List<MessageId> ids) {
    return at(queue, (place, reply) -> place.desk().purge(subscription, ids, reply));
  }

  /// Asks a queue's desk, on the thread that owns it.
  private <T> CompletionStage<Reply<T>> at(
      String queue, BiConsumer<Place, CompletableFuture<Reply<T>>> ask) {
    Place place = places.get(queue);
    if (place == null) {
      return CompletableFuture.completedStage(unknown(queue));
    }
    if (!place.isWell()) {
      return CompletableFuture.completedStage(broken(queue));
    }
    CompletableFuture<Reply<T>> reply = new CompletableFuture<>();
    place.execute(() -> ask.accept(place, reply));
    return reply;
  }

  private <T> CompletionStage<Reply<T>> read(Read<T> read) {
    CompletableFuture<Reply<T>> reply = new CompletableFuture<>();
    try {
      readers.execute(() -> reply.complete(answer(read)));
    } catch (RejectedExecutionException e) {
      reply.complete(
          new Reply.Refused<>(
              Refusal.UNAVAILABLE, "too many reads wait for the disk", RETRY_AFTER_MS));
    }
    return reply;
  }

  private static <T> Reply<T> answer(Read<T> read) {
    try {
      return read.read();
    } catch (StoreFault fault) {
      return unavailable(fault);
    }
  }

  @FunctionalInterface
  private interface Read<T> {
    Reply<T> read() throws StoreFault;
  }

  private <T> void submit(Order order, CompletableFuture<Reply<T>> reply, Consumer<Effect> then) {
    var _ =
        writer
            .committer()
            .submit(List.of(order))
            .thenAccept(committed -> {
              switch (committed) {
                case Committed.Durable(List<Effect> effects) -> then.accept(effects.getFirst());
                case Committed.Failed(StoreFault fault) -> reply.complete(unavailable(fault));
              }
            });
  }

  private List<Post> posts() {
    return places.values().stream().map(place -> new Post(place.desk(), place)).toList();
  }

  private void wakeLeases() {
    leases.wake();
  }

  /// Others may have made, changed or removed queues.
  private void seen(List<StoredQueue> stored, Map<Integer, Long> revisions) {
    Set<String> names = new HashSet<>();
    for (StoredQueue one : stored) {
      names.add(one.terms().name());
      Place place = places.get(one.terms().name());
      if (place != null && place.desk().number() == one.number()) {
        long revision = revisions.getOrDefault(one.number(), -1L);
        place.execute(() -> place.desk().seen(one, revision));
      } else {
        retire(one.terms().name());
        add(one);
      }
    }
    places.keySet().stream().filter(name -> !names.contains(name)).forEach(this::retire);
  }

  private void retire(String name) {
    Place place = places.remove(name);
    if (place != null) {
      place.execute(() -> place.desk().removed());
      place.retire();
    }
  }

  private Place add(StoredQueue stored) {
    OwnerThread owner = owners.get(Math.floorMod(stored.number(), owners.size()));
    Place place = owner.add(self -> new Desk(stored, tools(stored, self), owner.budget, ids));
    places.put(stored.terms().name(), place);
    return place;
  }

  private Tools tools(StoredQueue stored, Executor self) {
    boolean ofResults = stored.terms().name().equals(CallbackQueue.NAME);
    return new Tools(
        store,
        writer.committer(),
        readers,
        self,
        clocks,
        random,
        () -> ofResults ? callbacks.courier() : courier,
        ownership,
        callbacks,
        settings.isAlone(),
        Bounds.DEFAULT);
  }

  private static <T> Reply<T> unavailable(StoreFault fault) {
    Refusal kind =
        fault.kind() == StoreFault.Kind.DISK_FULL ? Refusal.DISK_FULL : Refusal.UNAVAILABLE;
    return new Reply.Refused<>(kind, String.valueOf(fault.getMessage()), RETRY_AFTER_MS);
  }

  private static <T> Reply<T> unknown(String queue) {
    return new Reply.Refused<>(Refusal.UNKNOWN, "there is no queue '" + queue + "'", -1);
  }

  private static <T> Reply<T> broken(String queue) {
    return new Reply.Refused<>(
        Refusal.UNAVAILABLE, "the owner of the queue '" + queue + "' broke down; see the log", -1);
  }

  /// Gives nothing out any more, waits for what is in flight, writes what is known and gives the
  /// shards back. The store stays open.
  @Override
  public void close() {
    CountDownLatch drained = new CountDownLatch(places.size());
    places.values().forEach(place -> place.execute(() -> place.desk().stop(drained::countDown)));
    try {
      boolean all = drained.await(LAST_WORK_MS, TimeUnit.MILLISECONDS);
      if (!all) {
        log.warn("some messages were still in flight: they will be delivered again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    owners.forEach(OwnerThread::close);
    leases.close();
    writer.close();
    readers.shutdown();
  }
}
