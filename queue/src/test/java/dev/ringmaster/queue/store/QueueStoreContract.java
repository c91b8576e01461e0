package dev.ringmaster.queue.store;

/// What every store does.
public interface QueueStoreContract
    extends MessagesContract, EndsContract, LeasesContract, QueuesContract {}
