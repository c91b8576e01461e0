package dev.ringmaster.console.queue;

import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.QueueView.ShardView;
import dev.ringmaster.queue.control.QueueView.SubscriptionView;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Refusal;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.message.Slots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Queues in plain lists: what is sent is remembered and leased in order; what else is asked is
/// remembered by name, and answered as the test says.
final class FakeQueues implements QueueControl {
  final List<Draft> sent = new CopyOnWriteArrayList<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final Map<MessageId, MessageStatus> statuses = new LinkedHashMap<>();
  final List<DeadMessage> dead = new CopyOnWriteArrayList<>();
  volatile List<Receipt> late = List.of();
  volatile Reply.@Nullable Refused<Object> refusal;
  private final Map<String, QueueView> queues = new LinkedHashMap<>();
  private final List<Message> waiting = new CopyOnWriteArrayList<>();

  FakeQueues with(QueueTerms terms) {
    queues.put(terms.name(), view(terms));
    return this;
  }

  static QueueView view(QueueTerms terms) {
    ShardView shard = new ShardView(3, 7, 4, 1, 2, 1, 1_000, 10, 3, 2, 1, 1, 4096, List.of());
    ShardView other = new ShardView(4, 1, 1, 0, 0, 0, 500, 1, 0, 0, 0, 0, 10, List.of());
    return new QueueView(
        terms,
        SlotTable.equal(terms.shards()),
        false,
        List.of(new SubscriptionView(QueueTerms.MAIN, List.of(shard, other))));
  }

  void refuse(Refusal kind, String reason, long retryAfterMs) {
    refusal = new Reply.Refused<>(kind, reason, retryAfterMs);
  }

  /// Refused if the test says so, or if there is no such queue.
  private <T> CompletionStage<Reply<T>> reply(String queue, T value) {
    Reply.Refused<Object> no = refusal;
    if (no != null) {
      return now(new Reply.Refused<>(no.kind(), no.reason(), no.retryAfterMs()));
    }
    return now(
        queues.containsKey(queue)
            ? new Reply.Done<>(value)
            : new Reply.Refused<>(Refusal.UNKNOWN, "There is no queue '" + queue + "'", -1));
  }

  private static <T> CompletionStage<Reply<T>> now(Reply<T> reply) {
    return CompletableFuture.completedFuture(reply);
  }

  @Override
  public CompletionStage<Reply<Accepted>> send(String queue, Draft draft) {
    return reply(queue, accepted(queue, draft));
  }

  private Accepted accepted(String queue, Draft draft) {
    sent.add(draft);
    MessageId id = new MessageId(0x7000L, sent.size());
    long lane = Slots.lane(queue, draft.key());
    waiting.add(
        new Message(
            id,
            draft.key(),
            lane,
            Slots.slot(lane),
            sent.size(),
            1_000,
            draft.content(),
            draft.callback()));
    return new Accepted(id, 3, false);
  }

  @Override
  public CompletionStage<Reply<List<Accepted>>> sendAll(String queue, List<Draft> drafts) {
    List<Accepted> all = new ArrayList<>();
    drafts.forEach(draft -> all.add(accepted(queue, draft)));
    return reply(queue, all);
  }

  @Override
  public CompletionStage<Reply<MessageStatus>> find(String queue, MessageId id) {
    MessageStatus status = statuses.get(id);
    return status == null
        ? now(new Reply.Refused<>(Refusal.UNKNOWN, "There is no message " + id, -1))
        : reply(queue, status);
  }

  @Override
  public List<QueueView> queues() {
    return List.copyOf(queues.values());
  }

  @Override
  public @Nullable QueueView queue(String name) {
    return queues.get(name);
  }

  @Override
  public CompletionStage<Reply<QueueView>> put(QueueTerms terms) {
    with(terms);
    return reply(terms.name(), view(terms));
  }

  private CompletionStage<Reply<QueueView>> done(String what, String queue) {
    asked.add(what);
    QueueView view = queues.get(queue);
    return reply(queue, view == null ? view(QueueApi.terms(queue, null)) : view);
  }

  @Override
  public CompletionStage<Reply<QueueView>> remove(String queue) {
    return done("remove " + queue, queue);
  }

  @Override
  public CompletionStage<Reply<QueueView>> subscribe(String queue, String subscription) {
    return done("subscribe " + queue + " " + subscription, queue);
  }

  @Override
  public CompletionStage<Reply<QueueView>> unsubscribe(String queue, String subscription) {
    return done("unsubscribe " + queue + " " + subscription, queue);
  }

  @Override
  public CompletionStage<Reply<QueueView>> pause(String queue) {
    return done("pause " + queue, queue);
  }

  @Override
  public CompletionStage<Reply<QueueView>> resume(String queue) {
    return done("resume " + queue, queue);
  }

  @Override
  public CompletionStage<Reply<QueueView>> split(String queue, int shard) {
    return done("split " + queue + " " + shard, queue);
  }

  @Override
  public CompletionStage<Reply<QueueView>> merge(String queue, int from, int into) {
    return done("merge " + queue + " " + from + " " + into, queue);
  }

  @Override
  public CompletionStage<Reply<List<Leased>>> lease(LeaseRequest request) {
    asked.add("lease " + request);
    List<Leased> leased = new ArrayList<>();
    while (leased.size() < request.most() && !waiting.isEmpty()) {
      Message message = waiting.removeFirst();
      leased.add(
          new Leased(
              message,
              1,
              new Receipt(3, message.seq(), 1, 1),
              System.currentTimeMillis() + request.visibilityMs()));
    }
    return reply(request.queue(), leased);
  }

  @Override
  public CompletionStage<Reply<List<Receipt>>> acknowledge(
      String queue, String subscription, List<Receipt> receipts) {
    asked.add("acknowledge " + receipts);
    return reply(queue, late);
  }

  @Override
  public CompletionStage<Reply<List<Receipt>>> extend(
      String queue, String subscription, List<Receipt> receipts, long visibilityMs) {
    asked.add("extend " + receipts + " " + visibilityMs);
    return reply(queue, late);
  }

  @Override
  public CompletionStage<Reply<List<Receipt>>> release(
      String queue, String subscription, List<Receipt> receipts, long delayMs) {
    asked.add("release " + receipts + " " + delayMs);
    return reply(queue, late);
  }

  @Override
  public CompletionStage<Reply<List<DeadMessage>>> dead(
      String queue, String subscription, @Nullable MessageId after, int most) {
    asked.add("dead " + subscription + " " + after + " " + most);
    return reply(queue, dead.stream().limit(most).toList());
  }

  @Override
  public CompletionStage<Reply<Long>> redrive(
      String queue, String subscription, List<MessageId> ids) {
    asked.add("redrive " + subscription + " " + ids);
    return reply(queue, 2L);
  }

  @Override
  public CompletionStage<Reply<Long>> purge(
      String queue, String subscription, List<MessageId> ids) {
    asked.add("purge " + subscription + " " + ids);
    return reply(queue, 3L);
  }
}
