package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.lane.Read.Kind;
import dev.ringmaster.queue.store.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far a log has been read, and what is to be read next. One read is under way at a time; the
/// kinds take turns.
final class Reading {
  /// Lanes that one scan reads again.
  static final int LANES_AGAIN = 128;

  private static final long NOT_LOOKING = -1;

  /// Whether every message of the log is told of when it comes.
  enum Trust {
    ALL_IS_TOLD,
    /// Others add too, or the fate of a commit is not known: what is told is read from the store.
    SOME_IS_TOLD
  }

  private final int page;
  private final Set<Long> settled = new HashSet<>();
  private @Nullable Read underWay;
  private Kind last = Kind.DELAYED;
  private Trust trust = Trust.SOME_IS_TOLD;
  private long frontier;
  private long knownTo;
  private long lookedTo = NOT_LOOKING;

  /// @param page entries a read brings at most
  Reading(int page) {
    this.page = page;
  }

  /// What the lanes could take.
  ///
  /// @param room whether there is room for entries never seen
  /// @param entries how many
  /// @param low lanes that are to be read again
  /// @param delays whether delayed entries are to be looked for
  record Needs(boolean room, int entries, List<Lane> low, boolean delays) {}

  void trust(Trust trust) {
    this.trust = trust;
  }

  /// An entry with this seq is in the log.
  void heardOf(long seq) {
    knownTo = Math.max(knownTo, seq);
  }

  /// Up to where every entry has been seen.
  long frontier() {
    return frontier;
  }

  long knownTo() {
    return knownTo;
  }

  /// Whether all before this seq is known to have been seen, and no read is under way that would
  /// bring it.
  boolean isNext(long seq) {
    boolean onward = underWay != null && underWay.kind() == Kind.ONWARD;
    return trust == Trust.ALL_IS_TOLD && frontier >= knownTo && seq > frontier && !onward;
  }

  void sawTo(long seq) {
    frontier = Math.max(frontier, seq);
  }

  boolean isIdle() {
    return underWay == null;
  }

  /// Begins the next read, of the kind whose turn it is.
  ///
  /// @param beginsToLook called when a look for delayed entries begins
  @Nullable Read next(Needs needs, Runnable beginsToLook) {
    Kind kind = last;
    do {
      kind = after(kind);
      underWay = wanted(kind, needs, beginsToLook);
    } while (underWay == null && kind != last);
    if (underWay != null) {
      last = underWay.kind();
      settled.clear();
    }
    return underWay;
  }

  private static Kind after(Kind kind) {
    return switch (kind) {
      case ONWARD -> Kind.AGAIN;
      case AGAIN -> Kind.DELAYED;
      case DELAYED -> Kind.ONWARD;
    };
  }

  private @Nullable Read wanted(Kind kind, Needs needs, Runnable beginsToLook) {
    return switch (kind) {
      case ONWARD -> needs.room() && frontier < knownTo ? onward(needs.entries()) : null;
      case AGAIN -> needs.low().isEmpty() ? null : again(needs.low());
      case DELAYED -> delayed(needs, beginsToLook);
    };
  }

  private Read onward(int entries) {
    return new Read(Kind.ONWARD, frontier, lane -> true, Math.clamp(entries, 1, page), knownTo);
  }

  private Read again(List<Lane> low) {
    long after = Long.MAX_VALUE;
    LongSet lanes = new LongSet();
    for (Lane lane : low) {
      after = Math.min(after, lane.unreadAfter());
      lanes.add(lane.hash);
    }
    return new Read(Kind.AGAIN, after, lanes, page, knownTo);
  }

  private @Nullable Read delayed(Needs needs, Runnable beginsToLook) {
    if (lookedTo == NOT_LOOKING && needs.delays()) {
      lookedTo = 0;
      beginsToLook.run();
    }
    return lookedTo == NOT_LOOKING
        ? null
        : new Read(Kind.DELAYED, lookedTo, lane -> true, page, knownTo);
  }

  /// Whether it is this very read; another may be equal to it.
  @SuppressWarnings("ReferenceEquality") // the identity of a read is what counts
  boolean isUnderWay(Read read) {
    return underWay == read;
  }

  /// Up to which seq a read has seen everything.
  static long reachedTo(Read read, List<Entry> entries) {
    long last = entries.isEmpty() ? read.afterSeq() : entries.getLast().seq();
    return entries.size() < read.most() ? Math.max(last, read.knownTo()) : last;
  }

  void ended(Read read, long reachedTo, boolean toTheEnd) {
    underWay = null;
    settled.clear();
    if (read.kind() == Kind.ONWARD) {
      sawTo(reachedTo);
      heardOf(reachedTo);
    } else if (read.kind() == Kind.DELAYED) {
      lookedTo = toTheEnd || reachedTo >= frontier ? NOT_LOOKING : reachedTo;
    }
  }

  /// The read that is under way will not be taken.
  void forgetRead() {
    underWay = null;
    settled.clear();
  }

  /// Nothing has been read.
  void restart() {
    forgetRead();
    frontier = 0;
    lookedTo = NOT_LOOKING;
  }

  /// A message has left, or changed, on disk.
  void settled(long seq) {
    if (underWay != null) {
      settled.add(seq);
    }
  }

  /// Whether a row that the read under way brings is out of date.
  boolean wasSettled(long seq) {
    return settled.contains(seq);
  }
}
