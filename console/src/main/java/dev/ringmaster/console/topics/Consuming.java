package dev.ringmaster.console.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Reply;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Gives a consumer its next message: of the first messages of all partitions the one that was
/// accepted first. That one is acknowledged as it is given, the others are given back.
///
/// A consumer's questions are answered one after another, since two at a time would each hold
/// messages that the other should have had.
final class Consuming {
  /// The time between the lease and its end here; short, for the case that Ringmaster dies between.
  private static final long VISIBILITY_MS = Duration.ofSeconds(5).toMillis();

  /// The time that reading messages from the disk may take.
  private static final long READ_MS = Duration.ofSeconds(1).toMillis();

  private final QueueControl queues;
  private final Map<String, CompletableFuture<?>> last = new ConcurrentHashMap<>();

  Consuming(QueueControl queues) {
    this.queues = queues;
  }

  /// @param partitions of the topic
  CompletionStage<Answer> next(String topic, String subscription, int partitions) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    String consumer = topic + "/" + subscription;
    CompletableFuture<?> before = last.put(consumer, answer);
    CompletableFuture<?> begin =
        before == null ? CompletableFuture.completedFuture(null) : before.copy();
    var _ =
        begin
            .handle((_, _) -> consume(topic, subscription, partitions))
            .thenCompose(stage -> stage)
            .whenComplete((said, failure) -> {
              last.remove(consumer, answer);
              if (failure == null) {
                answer.complete(said);
              } else {
                answer.completeExceptionally(failure);
              }
            });
    return answer;
  }

  private CompletionStage<Answer> consume(String topic, String subscription, int partitions) {
    LeaseRequest heads = new LeaseRequest(topic, subscription, partitions, 0, VISIBILITY_MS);
    return queues
        .lease(heads)
        .thenCompose(
            reply -> none(reply) && holds(topic, subscription) ? patient(heads) : now(reply))
        .thenCompose(reply ->
            switch (reply) {
              case Reply.Refused<List<Leased>> refused ->
                  Said.now(Said.failure(refused.kind().status(), refused.reason()));
              case Reply.Done<List<Leased>>(List<Leased> leased) ->
                  leased.isEmpty()
                      ? Said.now(Said.answer(Said.success().putNull("message")))
                      : take(topic, subscription, leased);
            });
  }

  private static CompletionStage<Reply<List<Leased>>> now(Reply<List<Leased>> reply) {
    return CompletableFuture.completedFuture(reply);
  }

  private static boolean none(Reply<List<Leased>> reply) {
    return reply instanceof Reply.Done<List<Leased>>(List<Leased> leased) && leased.isEmpty();
  }

  /// Whether there are messages after all, which then have to be read from the disk first.
  private boolean holds(String topic, String subscription) {
    QueueView queue = queues.queue(topic);
    return queue != null
        && queue.subscriptions().stream()
            .filter(one -> one.name().equals(subscription))
            .flatMap(one -> one.shards().stream())
            .anyMatch(shard -> shard.depth() > shard.inFlight());
  }

  private CompletionStage<Reply<List<Leased>>> patient(LeaseRequest heads) {
    return queues.lease(
        new LeaseRequest(
            heads.queue(), heads.subscription(), heads.most(), READ_MS, heads.visibilityMs()));
  }

  private CompletionStage<Answer> take(String topic, String subscription, List<Leased> heads) {
    Leased first =
        heads.stream().min(Comparator.comparingLong(head -> head.message().seq())).orElseThrow();
    List<Receipt> others =
        heads.stream()
            .map(Leased::receipt)
            .filter(receipt -> !receipt.equals(first.receipt()))
            .toList();
    CompletionStage<?> given =
        others.isEmpty()
            ? CompletableFuture.completedFuture(null)
            : queues.release(topic, subscription, others, 0);
    return given
        .thenCompose(_ -> queues.acknowledge(topic, subscription, List.of(first.receipt())))
        .thenApply(reply -> Said.by(reply, late -> taken(first, late)));
  }

  private static Answer taken(Leased first, List<Receipt> late) {
    if (!late.isEmpty()) {
      return Said.failure(503, "The message was not given out in time; ask again");
    }
    String text = new String(first.message().content().body(), UTF_8);
    return Said.answer(Said.success().put("message", text));
  }
}
