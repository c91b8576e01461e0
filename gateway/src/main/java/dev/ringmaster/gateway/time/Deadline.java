package dev.ringmaster.gateway.time;

import org.jspecify.annotations.Nullable;

/// A moment after which its owner is told; one link of a [Wheel]'s lists. Owned by one thread.
public final class Deadline {
  /// The moment of a deadline that is not armed.
  static final long NEVER = Long.MAX_VALUE;

  final @Nullable Expiring owner;
  long atTick = NEVER;
  long slotTick = NEVER;
  Deadline previous = this;
  Deadline next = this;

  public Deadline(Expiring owner) {
    this.owner = owner;
  }

  /// The head of a list.
  Deadline() {
    this.owner = null;
  }

  boolean linked() {
    return next != this;
  }

  void unlink() {
    previous.next = next;
    next.previous = previous;
    previous = this;
    next = this;
    slotTick = NEVER;
  }

  void linkBefore(Deadline head) {
    previous = head.previous;
    next = head;
    head.previous.next = this;
    head.previous = this;
  }
}
