package dev.ringmaster.queue.store;

/// The messages of one subscription in one shard, in the order of their seq.
///
/// @param subscription its number in the store, unique over all queues
public record LogId(int subscription, int shard) {}
