package dev.ringmaster.queue.control;

import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.MessageId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// All that can be asked of the queues. Never blocks; stages end on any thread and do not fail:
/// what goes wrong is a [Reply.Refused].
public interface QueueControl {

  /// Keeps a message; done when its bytes are on disk.
  CompletionStage<Reply<Accepted>> send(String queue, Draft draft);

  /// Keeps all of them or none.
  CompletionStage<Reply<List<Accepted>>> sendAll(String queue, List<Draft> drafts);

  /// What became of a message.
  CompletionStage<Reply<MessageStatus>> find(String queue, MessageId id);

  /// The queues as they are now, by name; read from snapshots.
  List<QueueView> queues();

  /// One of them; null if there is none.
  @Nullable QueueView queue(String name);

  /// Makes a queue, or changes the terms of one that is there.
  CompletionStage<Reply<QueueView>> put(QueueTerms terms);

  /// Removes a queue with all that it holds.
  CompletionStage<Reply<QueueView>> remove(String queue);

  /// Makes a subscription that begins now, or leaves one that is there as it is.
  CompletionStage<Reply<QueueView>> subscribe(String queue, String subscription);

  /// Removes a subscription and forgets what it has not had.
  CompletionStage<Reply<QueueView>> unsubscribe(String queue, String subscription);

  /// Gives nothing out until [#resume]; what is in flight ends.
  CompletionStage<Reply<QueueView>> pause(String queue);

  CompletionStage<Reply<QueueView>> resume(String queue);

  /// Gives the upper half of a shard's slots to a new shard, without breaking the order of a key.
  CompletionStage<Reply<QueueView>> split(String queue, int shard);

  /// Gives all slots of one shard to another.
  CompletionStage<Reply<QueueView>> merge(String queue, int from, int into);

  /// Gives out up to so many messages, of each key at most one; empty if none came in time.
  CompletionStage<Reply<List<Leased>>> lease(LeaseRequest request);

  /// The messages are handled. All that could be ended are; the reply names the receipts that were
  /// late, which end nothing.
  CompletionStage<Reply<List<Receipt>>> acknowledge(
      String queue, String subscription, List<Receipt> receipts);

  /// The consumer needs more time: from now on so long. Replies as [#acknowledge].
  CompletionStage<Reply<List<Receipt>>> extend(
      String queue, String subscription, List<Receipt> receipts, long visibilityMs);

  /// The consumer gives them back; they are given out again after so long. Replies as
  /// [#acknowledge].
  CompletionStage<Reply<List<Receipt>>> release(
      String queue, String subscription, List<Receipt> receipts, long delayMs);

  /// The dead messages of a subscription, the next `most` behind an id.
  ///
  /// @param after null for the first ones
  CompletionStage<Reply<List<DeadMessage>>> dead(
      String queue, String subscription, @Nullable MessageId after, int most);

  /// Dead messages live again, each at the tail of its key's lane, with no attempt counted.
  ///
  /// @param ids empty for all
  /// @return how many
  CompletionStage<Reply<Long>> redrive(String queue, String subscription, List<MessageId> ids);

  /// Forgets dead messages.
  ///
  /// @param ids empty for all
  /// @return how many
  CompletionStage<Reply<Long>> purge(String queue, String subscription, List<MessageId> ids);
}
