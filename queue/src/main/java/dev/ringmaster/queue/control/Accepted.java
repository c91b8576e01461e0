package dev.ringmaster.queue.control;

import dev.ringmaster.queue.message.MessageId;

/// A message is on disk.
///
/// @param id its id; of a repeat that of the first
/// @param shard where it lies
/// @param repeated whether its deduplication id had been seen within 24 hours, so that nothing was
///   added
public record Accepted(MessageId id, int shard, boolean repeated) {}
