package dev.ringmaster.queue.store;

/// What a log holds, found when its shard is acquired and kept as counters from then on.
///
/// @param messages not dead
/// @param bytes of them and of the dead
/// @param oldestMs when the oldest that is not dead was accepted; 0 for none
/// @param lastSeq the greatest seq; 0 for none
/// @param dead how many are
public record Totals(long messages, long bytes, long oldestMs, long lastSeq, long dead) {}
