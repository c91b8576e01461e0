package dev.ringmaster.queue.desk;

import java.util.concurrent.Executor;

/// A desk and the mailbox in which letters to it are left.
public record Post(Desk desk, Executor mailbox) {}
