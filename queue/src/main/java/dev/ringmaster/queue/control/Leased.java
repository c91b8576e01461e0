package dev.ringmaster.queue.control;

import dev.ringmaster.queue.message.Message;

/// A message that a consumer holds until `untilMs`.
///
/// @param attempt the first is 1
/// @param untilMs Unix milliseconds; after that it is given out again
public record Leased(Message message, int attempt, Receipt receipt, long untilMs) {}
