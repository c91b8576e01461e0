package dev.ringmaster.app.run.queues;

import dev.ringmaster.queue.Queues;
import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.StoreFault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queues whose store is opened when it is first needed, so that a Ringmaster without queues has
/// none, and whose store may be away when Ringmaster starts.
///
/// ```
///   CLOSED ──► WANTED ──► OPEN ──► LEAVING ──► GONE
///     │          ▲ │ the store does not answer: again after a while
///     │          └─┘
///     └──────────────────────────────────────► GONE
/// ```
public final class LateQueues implements QueueControl, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LateQueues.class);

  /// How long after a store did not answer it is asked again.
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Opening opening;
  private final Executor beside = work -> Thread.ofVirtual().name("queue-opening").start(work);
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Courier courier;
  private @Nullable QueueHouse house;
  private volatile @Nullable Queues queues;
  private volatile Phase phase = Phase.CLOSED;
  private volatile String fault = "";

  private enum Phase {
    CLOSED,
    WANTED,
    OPEN,
    LEAVING,
    GONE
  }

  /// Opens the house.
  interface Opening {
    /// Blocks.
    QueueHouse open() throws StoreFault;
  }

  LateQueues(Opening opening) {
    this.opening = opening;
  }

  /// Queues that are not there.
  static LateQueues none() {
    LateQueues none =
        new LateQueues(() -> {
          throw new IllegalStateException("there are no queues");
        });
    none.phase = Phase.GONE;
    return none;
  }

  /// Opens the store now, with these queues. Blocks.
  ///
  /// @throws StoreFault if it is there and cannot be used; one that does not answer is asked again
  ///   beside
  void open(List<QueueTerms> declared) throws StoreFault {
    phase = Phase.WANTED;
    try {
      openNow();
    } catch (StoreFault e) {
      if (e.kind() != StoreFault.Kind.UNAVAILABLE) {
        throw e;
      }
      missed(e);
      beside.execute(() -> keepOpening(declared));
      return;
    }
    declare(declared);
  }

  private void missed(StoreFault e) {
    fault = String.valueOf(e.getMessage());
    log.error("The queues' store does not answer, it is asked again: {}", fault);
  }

  private void keepOpening(List<QueueTerms> declared) {
    while (phase == Phase.WANTED) {
      LockSupport.parkNanos(AGAIN.toNanos());
      try {
        openNow();
        declare(declared);
      } catch (StoreFault e) {
        missed(e);
      }
    }
  }

  private void openNow() throws StoreFault {
    turn.lock();
    try {
      if (phase == Phase.WANTED || phase == Phase.CLOSED) {
        QueueHouse opened = opening.open();
        house = opened;
        if (courier != null) {
          opened.queues().deliverBy(courier);
        }
        queues = opened.queues();
        phase = Phase.OPEN;
      }
    } finally {
      turn.unlock();
    }
  }

  /// Makes these queues, or changes their terms; the shards of those that are there stay. Blocks.
  ///
  /// @return what was refused, a line each
  List<String> declare(List<QueueTerms> declared) {
    return declared.stream().flatMap(terms -> declare(terms).stream()).toList();
  }

  private List<String> declare(QueueTerms terms) {
    QueueView before = queue(terms.name());
    QueueTerms wanted = before == null ? terms : terms.withShards(before.terms().shards());
    Reply<QueueView> reply = put(wanted).toCompletableFuture().join();
    return switch (reply) {
      case Reply.Done<QueueView> _ -> List.of();
      case Reply.Refused<QueueView>(Refusal _, String reason, long _) -> {
        log.error("The queue {} cannot be as the settings say: {}", terms.name(), reason);
        yield List.of("queue " + terms.name() + ": " + reason);
      }
    };
  }

  /// From now on messages go to replicas by this courier.
  public void deliverBy(Courier courier) {
    turn.lock();
    try {
      this.courier = courier;
      if (house != null) {
        house.queues().deliverBy(courier);
      }
    } finally {
      turn.unlock();
    }
  }

  /// Gives nothing out any more and lets what is in flight end. Blocks.
  @Override
  public void close() {
    turn.lock();
    try {
      if (phase == Phase.OPEN && house != null) {
        phase = Phase.LEAVING;
        house.queues().close();
      } else if (phase != Phase.LEAVING) {
        phase = Phase.GONE;
      }
    } finally {
      turn.unlock();
    }
  }

  /// Closes the store, when nobody asks any more.
  void closeStore() {
    turn.lock();
    try {
      if (house != null && phase != Phase.GONE) {
        phase = Phase.GONE;
        house.store().close();
      }
    } finally {
      turn.unlock();
    }
  }

  private static <T> CompletionStage<Reply<T>> now(Reply<T> reply) {
    return CompletableFuture.completedFuture(reply);
  }

  private <T> CompletionStage<Reply<T>> away(String queue) {
    return now(
        switch (phase) {
          case CLOSED, OPEN ->
              new Reply.Refused<>(Refusal.UNKNOWN, "there is no queue '" + queue + "'", -1);
          case WANTED ->
              new Reply.Refused<>(
                  Refusal.UNAVAILABLE, "the store does not answer: " + fault, AGAIN.toMillis());
          case LEAVING, GONE ->
              new Reply.Refused<>(Refusal.UNAVAILABLE, "Ringmaster is stopping", AGAIN.toMillis());
        });
  }

  private <T> CompletionStage<Reply<T>> at(
      String queue, Function<Queues, CompletionStage<Reply<T>>> ask) {
    Queues open = queues;
    return open == null ? away(queue) : ask.apply(open);
  }

  @Override
  public CompletionStage<Reply<Accepted>> send(String queue, Draft draft) {
    return at(queue, open -> open.send(queue, draft));
  }

  @Override
  public CompletionStage<Reply<List<Accepted>>> sendAll(String queue, List<Draft> drafts) {
    return at(queue, open -> open.sendAll(queue, drafts));
  }

  @Override
  public CompletionStage<Reply<QueueView>> put(QueueTerms terms) {
    if (phase != Phase.CLOSED) {
      return at(terms.name(), open -> open.put(terms));
    }
    return CompletableFuture.supplyAsync(this::opened, beside)
        .thenCompose(
            refused -> refused == null ? at(terms.name(), open -> open.put(terms)) : now(refused));
  }

  /// Opens the store because of a request; null if it is open then.
  private @Nullable Reply<QueueView> opened() {
    try {
      openNow();
      return null;
    } catch (StoreFault e) {
      log.error("The queues' store cannot be opened", e);
      return new Reply.Refused<>(
          Refusal.UNAVAILABLE, "the store cannot be opened: " + e.getMessage(), -1);
    }
  }

  @Override
  public List<QueueView> queues() {
    Queues open = queues;
    return open == null ? List.of() : open.queues();
  }

  @Override
  public @Nullable QueueView queue(String name) {
    Queues open = queues;
    return open == null ? null : open.queue(name);
  }

  @Override
  public CompletionStage<Reply<MessageStatus>> find(String queue, MessageId id) {
    return at(queue, open -> open.find(queue, id));
  }

  @Override
  public CompletionStage<Reply<QueueView>> remove(String queue) {
    return at(queue, open -> open.remove(queue));
  }

  @Override
  public CompletionStage<Reply<QueueView>> subscribe(String queue, String subscription) {
    return at(queue, open -> open.subscribe(queue, subscription));
  }

  @Override
  public CompletionStage<Reply<QueueView>> unsubscribe(String queue, String subscription) {
    return at(queue, open -> open.unsubscribe(queue, subscription));
  }

  @Override
  public CompletionStage<Reply<QueueView>> pause(String queue) {
    return at(queue, open -> open.pause(queue));
  }

  @Override
  public CompletionStage<Reply<QueueView>> resume(String queue) {
    return at(queue, open -> open.resume(queue));
  }

  @Override
  public CompletionStage<Reply<QueueView>> split(String queue, int shard) {
    return at(queue, open -> open.split(queue, shard));
  }

  @Override
  public CompletionStage<Reply<QueueView>> merge(String queue, int from, int into) {
    return at(queue, open -> open.merge(queue, from, into));
  }

  @Override
  public CompletionStage<Reply<List<Leased>>> lease(LeaseRequest request) {
    return at(request.queue(), open -> open.lease(request));
  }

  @Override
  public CompletionStage<Reply<List<Receipt>>> acknowledge(
      String queue, String subscription, List<Receipt> receipts) {
    return at(queue, open -> open.acknowledge(queue, subscription, receipts));
  }

  @Override
  public CompletionStage<Reply<List<Receipt>>> extend(
      String queue, String subscription, List<Receipt> receipts, long visibilityMs) {
    return at(queue, open -> open.extend(queue, subscription, receipts, visibilityMs));
  }

  @Override
  public CompletionStage<Reply<List<Receipt>>> release(
      String queue, String subscription, List<Receipt> receipts, long delayMs) {
    return at(queue, open -> open.release(queue, subscription, receipts, delayMs));
  }

  @Override
  public CompletionStage<Reply<List<DeadMessage>>> dead(
      String queue, String subscription, @Nullable MessageId after, int most) {
    return at(queue, open -> open.dead(queue, subscription, after, most));
  }

  @Override
  public CompletionStage<Reply<Long>> redrive(
      String queue, String subscription, List<MessageId> ids) {
    return at(queue, open -> open.redrive(queue, subscription, ids));
  }

  @Override
  public CompletionStage<Reply<Long>> purge(
      String queue, String subscription, List<MessageId> ids) {
    return at(queue, open -> open.purge(queue, subscription, ids));
  }
}
