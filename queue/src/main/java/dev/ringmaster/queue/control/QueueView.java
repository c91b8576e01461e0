package dev.ringmaster.queue.control;

import dev.ringmaster.queue.message.SlotTable;
import java.util.List;

/// A queue as it is now. The numbers are kept as counters, never found by counting rows.
///
/// @param slots which shard has which slot
/// @param paused nothing is given out; messages are accepted
public record QueueView(
    QueueTerms terms, SlotTable slots, boolean paused, List<SubscriptionView> subscriptions) {

  /// One cursor over the queue.
  ///
  /// @param shards those that this Ringmaster owns
  public record SubscriptionView(String name, List<ShardView> shards) {}

  /// One shard of a subscription.
  ///
  /// @param depth messages that are neither done nor dead
  /// @param ready could be given out now
  /// @param delayed not before a time that their producer named
  /// @param inFlight given out
  /// @param blockedLanes keys that wait for a retry or behind a dead message
  /// @param oldestMs Unix milliseconds at which the oldest was accepted; 0 if there is none
  /// @param accepted since the start of this process, as all that follow
  /// @param done ended well
  /// @param retries attempts after the first
  /// @param died messages that have died
  /// @param dead messages that are dead now
  /// @param bytes heads and bodies of what is held
  /// @param hottest the keys with most messages waiting
  public record ShardView(
      int shard,
      long depth,
      long ready,
      long delayed,
      long inFlight,
      long blockedLanes,
      long oldestMs,
      long accepted,
      long done,
      long retries,
      long died,
      long dead,
      long bytes,
      List<HotLane> hottest) {}

  /// A key with many messages waiting.
  ///
  /// @param lane the key's hash, see [dev.ringmaster.queue.message.Slots#lane]
  public record HotLane(long lane, long depth) {}
}
