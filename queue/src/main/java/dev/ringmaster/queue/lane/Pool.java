package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.store.Entry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The lanes that are held of a log, each in one state: the one door for their transitions, what is
/// counted by state, and who is ready or due next.
final class Pool {
  private final Bounds bounds;
  private final Map<Long, Lane> lanes = new HashMap<>();
  private final ArrayDeque<Lane> ready = new ArrayDeque<>();
  private final LinkedHashSet<Lane> partial = new LinkedHashSet<>();
  private final TreeSet<Lane> timers =
      new TreeSet<>((a, b) ->
          a.dueNs == b.dueNs ? Long.compare(a.hash, b.hash) : Long.signum(a.dueNs - b.dueNs));
  private int held;
  private int heldDelayed;
  private int readyLanes;
  private int outLanes;
  private int waitingLanes;

  Pool(Bounds bounds) {
    this.bounds = bounds;
  }

  @Nullable Lane get(long hash) {
    return lanes.get(hash);
  }

  Collection<Lane> all() {
    return lanes.values();
  }

  /// Lanes that have entries in the store alone.
  Collection<Lane> partial() {
    return partial;
  }

  /// Those of them that a read reaches, by hash.
  Map<Long, Lane> partial(Read read) {
    Map<Long, Lane> reached = new HashMap<>();
    for (Lane lane : partial) {
      if (read.lanes().test(lane.hash) && read.afterSeq() <= lane.unreadAfter()) {
        reached.put(lane.hash, lane);
      }
    }
    return reached;
  }

  /// Whether a partial lane is to be read again; one that waits is not before its time.
  boolean isLow(Lane lane) {
    boolean roomy = hasRoom() ? lane.behind() <= bounds.low() : lane.state == LaneState.HUNGRY;
    return lane.state != LaneState.WAITING && roomy;
  }

  int ready() {
    return readyLanes;
  }

  int out() {
    return outLanes;
  }

  int waiting() {
    return waitingLanes;
  }

  /// Entries that take room in the window.
  int active() {
    return held - waitingLanes;
  }

  boolean hasRoom() {
    return active() < bounds.window() && hasRoomForLanes();
  }

  boolean hasRoomForLanes() {
    return lanes.size() < bounds.lanes();
  }

  void begin(Lane lane) {
    lanes.put(lane.hash, lane);
  }

  /// An entry is held in its lane.
  void hold(Lane lane, Entry entry) {
    lane.add(entry);
    held++;
    heldDelayed += entry.delayed() ? 1 : 0;
  }

  /// The head of a lane has left for good.
  void release(Entry head) {
    held--;
    heldDelayed -= head.delayed() ? 1 : 0;
  }

  /// The head of a lane takes another form.
  void replace(Lane lane, Entry head) {
    heldDelayed += (head.delayed() ? 1 : 0) - (lane.head().delayed() ? 1 : 0);
    lane.head(head);
  }

  /// Entries held that their producers delayed.
  int heldDelayed() {
    return heldDelayed;
  }

  /// A lane lets go of what is behind its head and later than a seq.
  void cut(Lane lane, long afterSeq) {
    heldDelayed -= lane.delayed();
    held -= lane.dropAfter(afterSeq);
    heldDelayed += lane.delayed();
    mark(lane);
  }

  /// Notes whether a lane is partial.
  void mark(Lane lane) {
    if (lane.partial()) {
      partial.add(lane);
    } else {
      partial.remove(lane);
    }
  }

  void drop(Lane lane) {
    if (lane.state == LaneState.READY) {
      ready.remove(lane);
    }
    to(lane, LaneState.GONE);
    held -= lane.size();
    heldDelayed -= lane.delayed();
    lanes.remove(lane.hash);
    partial.remove(lane);
  }

  /// A lane becomes ready, after all that are.
  void makeReady(Lane lane) {
    to(lane, LaneState.READY);
    ready.add(lane);
  }

  /// A lane becomes ready, before all that are.
  void makeReadyFirst(Lane lane) {
    to(lane, LaneState.READY);
    ready.addFirst(lane);
  }

  /// The next one whose turn it is, out of the row; null if none is ready.
  @Nullable Lane pollReady() {
    return ready.poll();
  }

  /// Puts back into the row what was polled.
  void pushReady(List<Lane> lanes) {
    lanes.stream().filter(lane -> lane.state == LaneState.READY).forEach(ready::add);
  }

  Collection<Lane> row() {
    return ready;
  }

  void to(Lane lane, LaneState next) {
    unwatch(lane);
    count(lane.state, -1);
    lane.state = lane.state.to(next);
    count(next, 1);
  }

  private void count(LaneState state, int by) {
    switch (state) {
      case READY -> readyLanes += by;
      case OUT -> outLanes += by;
      case WAITING -> waitingLanes += by;
      case HUNGRY, SETTLING, GONE -> {}
    }
  }

  /// A lane is due at a moment.
  void watch(Lane lane, long dueNs) {
    unwatch(lane);
    lane.dueNs = dueNs;
    timers.add(lane);
    lane.watch = Lane.Watch.ON;
  }

  private void unwatch(Lane lane) {
    if (lane.watch == Lane.Watch.ON) {
      timers.remove(lane);
      lane.watch = Lane.Watch.OFF;
    }
  }

  /// A lane that is due, and not watched any more; null if none is.
  @Nullable Lane pollDue(long nowNs) {
    if (timers.isEmpty() || timers.first().dueNs - nowNs > 0) {
      return null;
    }
    Lane lane = timers.removeFirst();
    lane.watch = Lane.Watch.OFF;
    return lane;
  }

  /// How long until a lane is due; [Long#MAX_VALUE] for ever.
  long dueInNs(long nowNs) {
    return timers.isEmpty() ? Long.MAX_VALUE : Math.max(0, timers.first().dueNs - nowNs);
  }
}
