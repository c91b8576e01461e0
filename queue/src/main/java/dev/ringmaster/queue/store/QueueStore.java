package dev.ringmaster.queue.store;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// A place that keeps messages. All methods block; [#commit] is called by one thread, the others by
/// any.
public interface QueueStore extends AutoCloseable {

  /// All queues.
  List<StoredQueue> queues() throws StoreFault;

  /// Carries out the orders in one transaction, which is durable when this returns.
  ///
  /// @return the effect of each, in the same order
  List<Effect> commit(List<Order> orders) throws StoreFault;

  /// Entries of a log behind a seq, in order, of those lanes only.
  ///
  /// @param most at most so many
  List<Entry> read(LogId log, long afterSeq, LongPredicate lanes, int most) throws StoreFault;

  /// The messages with these seqs that are (still) in the log.
  List<Message> messages(LogId log, List<Long> seqs) throws StoreFault;

  /// What is known of a message of the subscription; null for nothing. Never says IN_FLIGHT, which
  /// only its owner knows.
  @Nullable MessageStatus find(int queue, int subscription, MessageId id) throws StoreFault;

  /// Dead messages of a subscription, in the order of their ids, behind one.
  ///
  /// @param after null for the first ones
  List<DeadMessage> dead(int subscription, @Nullable MessageId after, int most) throws StoreFault;

  /// The lanes of a log that have a dead message, for queues that block them.
  List<Long> deadLanes(LogId log) throws StoreFault;

  /// What a log holds.
  Totals totals(LogId log) throws StoreFault;

  /// What those of the logs hold that have a greater seq than is known: others have added to them.
  ///
  /// @param known the greatest seq that has been heard of, by log
  default Map<LogId, Totals> grown(Map<LogId, Long> known) throws StoreFault {
    Map<LogId, Totals> grown = new HashMap<>();
    for (Map.Entry<LogId, Long> one : known.entrySet()) {
      Totals totals = totals(one.getKey());
      if (totals.lastSeq() > one.getValue()) {
        grown.put(one.getKey(), totals);
      }
    }
    return grown;
  }

  /// Takes a queue's shard, if no other's lease on it runs.
  ///
  /// @param owner a name for this process, of this start alone
  /// @return the epoch, greater than all before it; 0 if it is another's
  long acquire(int queue, int shard, String owner, long leaseMs) throws StoreFault;

  /// Prolongs the leases of an owner, and says that it is there.
  ///
  /// @param leaseMs from now on; 0 to leave: all that it has is free at once
  /// @return the epochs of the shards it still has, by queue and shard
  Map<ShardId, Long> renew(String owner, long leaseMs) throws StoreFault;

  /// Gives a shard back at once.
  void release(int queue, int shard, String owner) throws StoreFault;

  /// The owners that renewed within the lease, in the order of their names. A store of one process
  /// has only that one.
  List<String> owners() throws StoreFault;

  /// Which shard.
  record ShardId(int queue, int shard) {}

  @Override
  void close();
}
