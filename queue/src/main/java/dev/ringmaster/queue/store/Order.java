package dev.ringmaster.queue.store;

import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.message.SlotTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One change that a store is asked for. Orders of one commit are carried out in their order, all
/// or none of them; each has its own [Effect].
public sealed interface Order {

  /// Adds a message to the log of each subscription, in the shard that the queue's table has for
  /// its slot at that moment, with one seq, greater than all before it. [Effect.Appended] names
  /// both; [Effect.Repeats] if the deduplication id is known; [Effect.Gone] without the queue. A
  /// subscription that is gone is passed over.
  ///
  /// @param queue the queue's number in the store
  /// @param subscriptions who gets it; if empty nothing but the deduplication id is kept
  /// @param deduplicateForMs how long its deduplication id is kept
  record Append(
      int queue,
      List<Integer> subscriptions,
      MessageId id,
      long lane,
      int slot,
      long acceptedMs,
      Draft draft,
      long deduplicateForMs)
      implements Order {}

  /// What follows is done by the owner of a shard only.
  sealed interface Owned extends Order {
    LogId log();

    /// The owner's; another one makes the order [Effect.Fenced].
    long epoch();

    long seq();
  }

  /// The message is handled: it leaves the log.
  ///
  /// @param result what is kept of the answer; null for nothing
  record Finish(LogId log, long epoch, long seq, @Nullable Result result) implements Owned {}

  /// It will be tried again, at its place.
  record Postpone(LogId log, long epoch, long seq, int attempts, long notBeforeMs)
      implements Owned {}

  /// It is not tried any more: it leaves the log for the dead.
  record Bury(
      LogId log,
      long epoch,
      long seq,
      int attempts,
      long atMs,
      String reason,
      @Nullable Result result)
      implements Owned {}

  /// A dead message goes to the tail of its log as if it had been accepted now, with no attempt
  /// counted: [Effect.Appended] names its new seq.
  ///
  /// @param atMs now, in Unix milliseconds
  record Redrive(LogId log, long epoch, long seq, long atMs) implements Owned {}

  /// A dead message is forgotten.
  record Purge(LogId log, long epoch, long seq) implements Owned {}

  /// What is kept of an answer.
  ///
  /// @param untilMs Unix milliseconds
  record Result(int attempts, long untilMs, Answer answer) {}

  /// Makes a queue or changes its terms. [Effect.Numbered] has its number.
  record PutQueue(QueueTerms terms) implements Order {}

  record DropQueue(int queue) implements Order {}

  /// [Effect.Numbered] has its number, also if it is there already.
  record PutSubscription(int queue, String name) implements Order {}

  record DropSubscription(int queue, int subscription) implements Order {}

  record Pause(int queue, boolean paused) implements Order {}

  /// Gives the queue another table: messages of all its subscriptions, dead ones too, whose slot
  /// lies in another shard than before lie there afterwards, with the same seq. The owner of both
  /// shards asks for it, when nothing of them is in flight. [Effect.Fenced] if the queue's table is
  /// not `before` or an epoch is not its shard's any more.
  ///
  /// @param epochs of the shards that lose or gain slots, by shard
  record Move(int queue, SlotTable before, SlotTable after, Map<Integer, Long> epochs)
      implements Order {}

  /// Forgets answers and deduplication ids that expire at or before a moment, and what dropped
  /// queues and subscriptions left. [Effect.Forgotten] says how many; if that is `most`, there may
  /// be more.
  ///
  /// @param most at most so many, so that a commit stays short
  record Expire(long nowMs, int most) implements Order {}
}
