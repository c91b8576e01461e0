package dev.ringmaster.queue;

/// What the queues of one process are like.
///
/// @param owner a name for this process, of this start alone
/// @param sharing whether other processes use the same store
/// @param owners threads that own queues; each queue has one
/// @param keptBytes of messages that are kept in memory until they are given out, by all owners
public record QueuesSettings(String owner, Sharing sharing, int owners, long keptBytes) {

  /// Who uses the store.
  public enum Sharing {
    /// This process alone; it owns all shards.
    ALONE,
    /// Several: shards are leased.
    SHARED
  }

  /// Of a store that is used by this process alone.
  public static QueuesSettings alone() {
    return new QueuesSettings("alone", Sharing.ALONE, 2, 32L << 20);
  }

  /// Of a store that several use.
  public static QueuesSettings shared(String owner) {
    return new QueuesSettings(owner, Sharing.SHARED, 2, 32L << 20);
  }

  boolean isAlone() {
    return sharing == Sharing.ALONE;
  }
}
