package dev.ringmaster.queue.store;

import dev.ringmaster.queue.message.MessageId;

/// What came of an order.
public sealed interface Effect {

  /// Carried out.
  record Done() implements Effect {}

  /// There is a new place.
  record Appended(long seq, int shard) implements Effect {}

  /// The deduplication id is known: nothing was added.
  record Repeats(MessageId first, int shard) implements Effect {}

  /// A queue's or subscription's number.
  record Numbered(int number) implements Effect {}

  /// So many expired things are gone.
  record Forgotten(int count) implements Effect {}

  /// The epoch is not the shard's any more: nothing was changed, and the shard is lost.
  record Fenced() implements Effect {}

  /// There is no such message, queue or subscription (any more).
  record Gone() implements Effect {}
}
