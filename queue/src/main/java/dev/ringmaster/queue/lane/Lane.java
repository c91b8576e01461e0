package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.store.Entry;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The messages of one key in one log: its head and, as far as there is room, those behind it. What
/// does not fit stays in the store; the lane knows from where on to read.
final class Lane {
  private static final long NOTHING_UNREAD = Long.MAX_VALUE;

  final long hash;
  final int slot;
  LaneState state = LaneState.HUNGRY;

  /// When its wait or its lease ends; without meaning in other states.
  long dueNs;

  Watch watch = Watch.OFF;

  /// Whether [#dueNs] is watched.
  enum Watch {
    OFF,
    ON
  }

  private @Nullable Entry head;
  private @Nullable ArrayDeque<Entry> rest;
  private long unreadAfter = NOTHING_UNREAD;
  private long skippedTo;

  Lane(Entry first) {
    this(first.lane(), first.slot());
  }

  Lane(long hash, int slot) {
    this.hash = hash;
    this.slot = slot;
  }

  /// Whether its head is given out, or its fate is not on disk yet.
  boolean isOnItsWay() {
    return state == LaneState.OUT || state == LaneState.SETTLING;
  }

  @Nullable Entry peek() {
    return head;
  }

  /// What it is about to give out, has given out or waits for.
  Entry head() {
    return Objects.requireNonNull(head, "a lane without a head");
  }

  void head(Entry entry) {
    head = entry;
  }

  /// Entries that it holds.
  int size() {
    return (head == null ? 0 : 1) + behind();
  }

  /// Entries behind its head.
  int behind() {
    return rest == null ? 0 : rest.size();
  }

  /// The next one becomes its head; null if it holds none.
  @Nullable Entry advance() {
    head = rest == null ? null : rest.poll();
    return head;
  }

  /// Entries it holds that their producers delayed.
  int delayed() {
    int count = head != null && head.delayed() ? 1 : 0;
    return rest == null ? count : count + (int) rest.stream().filter(Entry::delayed).count();
  }

  boolean holds(long seq) {
    if (head != null && head.seq() == seq) {
      return true;
    }
    return rest != null && rest.stream().anyMatch(entry -> entry.seq() == seq);
  }

  /// Adds an entry at its place.
  void add(Entry entry) {
    if (rest == null) {
      rest = new ArrayDeque<>(2);
    }
    ArrayDeque<Entry> later = new ArrayDeque<>(0);
    while (!rest.isEmpty() && rest.getLast().seq() > entry.seq()) {
      later.addFirst(rest.removeLast());
    }
    rest.addLast(entry);
    rest.addAll(later);
  }

  /// Whether some of its entries are in the store alone.
  boolean partial() {
    return unreadAfter != NOTHING_UNREAD;
  }

  /// All of its entries in the store up to this one have been read or need not be.
  long unreadAfter() {
    return unreadAfter;
  }

  /// An entry is there that it does not hold.
  void skip(long seq) {
    unreadAfter = Math.min(unreadAfter, seq - 1);
    skippedTo = Math.max(skippedTo, seq);
  }

  /// Lets go of what is behind its head and later than a seq; how many entries.
  int dropAfter(long seq) {
    int dropped = 0;
    while (rest != null && !rest.isEmpty() && rest.getLast().seq() > seq) {
      skip(rest.removeLast().seq());
      dropped++;
    }
    return dropped;
  }

  /// Its entries up to this one have been read.
  void readTo(long seq) {
    unreadAfter = Math.max(unreadAfter, seq);
    if (unreadAfter >= skippedTo) {
      unreadAfter = NOTHING_UNREAD;
    }
  }
}
