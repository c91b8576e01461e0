package dev.ringmaster.queue.delivery;

import dev.ringmaster.queue.message.Message;

/// A message on its way, once.
///
/// @param queue the queue's name
/// @param service the service whose replicas handle the queue
/// @param message what is delivered
/// @param attempt the first is 1
/// @param shard where the message lies
/// @param epoch of the shard's ownership
/// @param timeoutMs after which the courier gives the attempt up
public record Parcel(
    String queue,
    String service,
    Message message,
    int attempt,
    int shard,
    long epoch,
    long timeoutMs) {}
