package dev.ringmaster.queue.message;

import org.jspecify.annotations.Nullable;

/// A message that is kept.
///
/// @param id given when it was accepted
/// @param key the key's bytes; empty for none
/// @param lane see [Slots#lane]; that of the id if there is no key
/// @param slot where it lies, 0 to 4095
/// @param seq its place: of two messages of a lane the smaller comes first; not dense
/// @param acceptedMs Unix milliseconds
/// @param content what is delivered
/// @param callback where the result is posted; null for nowhere
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Message(
    MessageId id,
    byte[] key,
    long lane,
    int slot,
    long seq,
    long acceptedMs,
    Content content,
    @Nullable String callback) {}
