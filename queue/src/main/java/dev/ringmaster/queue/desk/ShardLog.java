package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.QueueView.ShardView;
import dev.ringmaster.queue.lane.LaneCounts;
import dev.ringmaster.queue.lane.Lanes;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.LogId;

/// One subscription's messages in one shard that is owned here: who is next, and what has been
/// counted.
final class ShardLog {
  final Line line;
  final LogId id;
  final long epoch;
  final Bytes bytes;
  private final Lanes lanes;
  private final Clocks clocks;
  Tally tally = new Tally(0, 0, 0, 0);
  Ownership ownership = Ownership.OWNED;

  /// What its line has counted of it.
  Held held = Held.NOTHING;

  /// What its lanes had been through when what they count was last found right.
  long exactAtChange;

  /// When its next alarm rings, if it has one.
  long alarmNs;

  boolean alarmed;

  /// What is held.
  record Held(long messages, long bytes) {
    static final Held NOTHING = new Held(0, 0);
  }

  /// Whether what is still under way for this log counts.
  enum Ownership {
    OWNED,
    LOST
  }

  /// Since the start of this process.
  record Tally(long accepted, long done, long retries, long died) {
    Tally and(Tally other) {
      return new Tally(
          accepted + other.accepted, done + other.done, retries + other.retries, died + other.died);
    }

    Tally anotherAccepted() {
      return new Tally(accepted + 1, done, retries, died);
    }

    Tally anotherDone() {
      return new Tally(accepted, done + 1, retries, died);
    }

    Tally anotherRetry() {
      return new Tally(accepted, done, retries + 1, died);
    }

    Tally anotherDied() {
      return new Tally(accepted, done, retries, died + 1);
    }
  }

  ShardLog(Line line, LogId id, long epoch, Bytes bytes, Beginning beginning) {
    this.line = line;
    this.id = id;
    this.epoch = epoch;
    this.bytes = bytes;
    this.lanes = beginning.lanes;
    this.clocks = beginning.clocks;
  }

  record Beginning(Lanes lanes, Clocks clocks) {}

  /// Its lanes, who know what time it is.
  Lanes lanes() {
    lanes.at(clocks.nowNs(), clocks.nowMs());
    return lanes;
  }

  /// Whether what is counted may be wrong, if others change the log too.
  boolean isUncertain() {
    return lanes.changes() != exactAtChange;
  }

  boolean isLost() {
    return ownership == Ownership.LOST;
  }

  /// A message has been added.
  void appended(Message message, Entry entry) {
    tally = tally.anotherAccepted();
    if (lanes().appended(entry)) {
      bytes.keep(message);
    }
  }

  ShardView view() {
    LaneCounts counts = lanes().counts();
    return new ShardView(
        id.shard(),
        counts.depth(),
        counts.ready(),
        counts.delayed(),
        counts.out(),
        counts.blockedLanes(),
        counts.oldestMs(),
        tally.accepted,
        tally.done,
        tally.retries,
        tally.died,
        counts.dead(),
        counts.bytes(),
        counts.hottest());
  }
}
