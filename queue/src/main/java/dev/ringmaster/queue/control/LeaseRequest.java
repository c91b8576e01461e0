package dev.ringmaster.queue.control;

/// A consumer asks for messages.
///
/// @param most 1 to 1000 messages
/// @param waitMs how long to wait for the first one; 0 for not
/// @param visibilityMs how long they are its own, 1 s to 12 h
public record LeaseRequest(
    String queue, String subscription, int most, long waitMs, long visibilityMs) {}
