package dev.ringmaster.fleet;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A rolling restart: each replica is replaced by a new one, one after another.
final class Rollout {
  private static final long NOBODY = -1;

  private final CompletableFuture<FleetView> reply;
  private final Deque<Long> waiting;
  private final int all;
  private long current = NOBODY;
  private int done;

  /// A restart that has not begun.
  ///
  /// @param members who is to be replaced, in this order
  Rollout(CompletableFuture<FleetView> reply, Collection<Long> members) {
    this.reply = reply;
    this.waiting = new ArrayDeque<>(members);
    this.all = members.size();
  }

  CompletableFuture<FleetView> reply() {
    return reply;
  }

  /// Whether one is being replaced now.
  boolean busy() {
    return current != NOBODY;
  }

  /// Whether this one is being replaced now.
  boolean replaces(long member) {
    return current == member;
  }

  /// The one who is to be replaced next; null if all are done.
  @Nullable Long next() {
    Long next = waiting.poll();
    current = next == null ? NOBODY : next;
    return next;
  }

  /// The one who was being replaced has left its seat, or did so before its turn.
  void replaced() {
    current = NOBODY;
    done++;
  }

  long current() {
    return current;
  }

  /// `2 of 3 replicas`.
  String progress() {
    return done + " of " + all + (all == 1 ? " replica" : " replicas");
  }
}
