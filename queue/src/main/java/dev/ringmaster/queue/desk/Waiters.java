package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Consumers that wait for a message, first come, first served; no thread waits with them.
final class Waiters {
  /// Consumers of one subscription that wait at a time; one more gets its empty answer at once.
  static final int MOST = 10_000;

  private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();

  /// Whoever waits: until he is served, has waited long enough, or has gone away.
  static final class Waiter {
    private final LeaseRequest request;
    private final CompletableFuture<Reply<List<Leased>>> reply;
    private Phase phase = Phase.WAITING;

    private enum Phase {
      WAITING,
      /// Messages have been given out to him; their bytes may still be on the way.
      SERVED
    }

    /// @param reply done also when he has gone away
    Waiter(LeaseRequest request, CompletableFuture<Reply<List<Leased>>> reply) {
      this.request = request;
      this.reply = reply;
    }

    LeaseRequest request() {
      return request;
    }

    /// Whether he still was there.
    boolean take(List<Leased> messages) {
      return reply.complete(new Reply.Done<>(messages));
    }

    void served() {
      phase = Phase.SERVED;
    }

    /// He has waited long enough.
    void giveUp() {
      if (phase == Phase.WAITING) {
        take(List.of());
      }
    }

    void refuse(Reply.Refused<List<Leased>> refused) {
      reply.complete(refused);
    }
  }

  boolean add(Waiter waiter) {
    if (waiting.size() >= MOST) {
      prune();
    }
    return waiting.size() < MOST && waiting.add(waiter);
  }

  /// The first who is still there; null if nobody is.
  @Nullable Waiter next() {
    Waiter first = waiting.poll();
    while (first != null && first.reply.isDone()) {
      first = waiting.poll();
    }
    return first;
  }

  /// Whoever could not be served stays the first.
  void putBack(Waiter waiter) {
    waiting.addFirst(waiter);
  }

  List<Waiter> removeAll() {
    List<Waiter> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }

  private void prune() {
    waiting.removeIf(waiter -> waiter.reply.isDone());
  }
}
