package dev.ringmaster.queue.message;

import org.jspecify.annotations.Nullable;

/// A message as its producer hands it in.
///
/// @param key the key's bytes; empty for none, then the message is in order with no other
/// @param shard the shard the producer names, or [#ANY_SHARD]; naming one beside a key is refused
///   unless the key lies in it
/// @param content what is delivered
/// @param notBeforeMs Unix milliseconds before which it is not delivered; 0 for at once
/// @param deduplicationId unique per queue for 24 hours; null for none
/// @param callback where the result is posted; null for nowhere
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Draft(
    byte[] key,
    int shard,
    Content content,
    long notBeforeMs,
    @Nullable String deduplicationId,
    @Nullable String callback) {

  /// The queue chooses the shard.
  public static final int ANY_SHARD = -1;
}
