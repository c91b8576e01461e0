package dev.ringmaster.queue.store;

/// What a store knows of a message beside its bytes: a line of a log.
///
/// @param seq its place
/// @param lane the key's hash
/// @param slot 0 to 4095
/// @param attempts counted so far
/// @param notBeforeMs Unix milliseconds: not given out before; 0 for none
/// @param delayed whether its producer asked for that, not a retry
/// @param acceptedMs Unix milliseconds
/// @param bytes head and body
public record Entry(
    long seq,
    long lane,
    int slot,
    int attempts,
    long notBeforeMs,
    boolean delayed,
    long acceptedMs,
    int bytes) {}
