package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.message.Slots;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.Totals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Which messages of one log may be given out, in bounded memory: a pure core, driven by its owner.
///
/// **Order.** A lane gives out its head alone, and its next message only when the fate of the head
/// is on disk. Lanes take turns: one that has given out goes to the end.
///
/// **The window.** Entries are held in a window of [#WINDOW]; the log may be any longer. *Onward*
/// reading sees every entry once, in order, up to the frontier; a fresh message is taken in
/// without reading when the frontier is at the log's end. An entry whose lane has no room (it holds
/// [#LANE] already, or waits for a retry) is skipped: its lane becomes *partial* and remembers behind
/// which seq to read again, which one scan does for all such lanes together. Lanes that wait keep
/// their head alone. So a poisoned key with a million messages holds one entry, and the frontier goes
/// on past them.
///
/// **What a read may not do.** A read runs beside the owner, so its rows may be old when they
/// come. A row is passed over if its lane holds it, or if it was settled after the read was asked
/// for ([Reading#settled]); every other row is as it was, since only the owner changes them.
///
/// **Time** comes in by [#at]: nanoseconds for waits and leases, the wall clock only for what
/// producers and the store name by it.
public final class Lanes {
  /// Entries held of a log, heads of waiting lanes aside. 64 shards hold some 6 MB.
  static final int WINDOW = 1024;

  /// Entries held of a lane; more are read again when they are few.
  static final int LANE = 64;

  /// A partial lane with so many entries behind its head is read again.
  static final int LOW = 16;

  /// Lanes held of a log, waiting ones included; onward reading stops there.
  static final int MOST_LANES = 4096;

  /// A wait that the store has from another life is cut to this, in case the clock has jumped.
  private static final long MOST_WAIT_MS = TimeUnit.HOURS.toMillis(24);

  private static final int HOTTEST = 5;

  private final Map<Long, Lane> lanes = new HashMap<>();
  private final ArrayDeque<Lane> ready = new ArrayDeque<>();
  private final List<Lane> parked = new ArrayList<>();
  private final Map<Long, Lane> out = new HashMap<>();
  private final TreeSet<Lane> timers =
      new TreeSet<>((a, b) -> a.dueNs != b.dueNs ? Long.signum(a.dueNs - b.dueNs) : Long.compare(a.hash, b.hash));
  private final LinkedHashSet<Lane> partial = new LinkedHashSet<>();
  private final Delays delays = new Delays();
  private final HotLanes hot = new HotLanes();
  private final Reading reading = new Reading();
  private final boolean alone;
  private LongSet blocked;
  private @Nullable IntPredicate moving;

  private final int[] byState = new int[LaneState.values().length];
  private int held;
  private long depth;
  private long bytes;
  private long dead;
  private long delayed;
  private long oldestUnreadMs;
  private long stuckMs = Long.MAX_VALUE;
  private long nowNs;
  private long nowMs;

  /// A log as it is found when its shard is taken.
  ///
  /// @param blocked lanes that wait behind a dead message
  /// @param alone whether nobody else adds to the store, so that what [#appended] is told is all
  public Lanes(Totals totals, Collection<Long> blocked, boolean alone) {
    this.alone = alone;
    this.depth = totals.messages();
    this.bytes = totals.bytes();
    this.dead = totals.dead();
    this.oldestUnreadMs = totals.oldestMs();
    this.blocked = new LongSet(blocked);
    reading.heardOf(totals.lastSeq());
  }

  /// What time it is, for all that follows.
  public void at(long nowNs, long nowMs) {
    this.nowNs = nowNs;
    this.nowMs = nowMs;
  }

  /// A message has been added to the log.
  ///
  /// @return whether it is held, so that its bytes will be needed soon
  public boolean appended(Entry entry) {
    depth++;
    bytes += entry.bytes();
    hot.more(entry.lane());
    boolean next = alone && reading.isNext(entry.seq()) && hasRoom();
    reading.heardOf(entry.seq());
    if (!next) {
      return false;
    }
    reading.sawTo(entry.seq());
    return see(entry);
  }

  /// Others have added to the log.
  public void grew(Totals totals) {
    depth = totals.messages();
    bytes = totals.bytes();
    dead = totals.dead();
    reading.heardOf(totals.lastSeq());
  }

  /// The next message is given out; null if none is ready.
  ///
  /// @param leaseNs after which it is taken back; [Long#MAX_VALUE] for never
  public @Nullable Given give(long leaseNs) {
    for (Lane lane = ready.poll(); lane != null; lane = ready.poll()) {
      if (lane.state == LaneState.READY && moves(lane)) {
        parked.add(lane);
      } else if (lane.state == LaneState.READY) {
        return give(lane, leaseNs);
      }
    }
    return null;
  }

  private Given give(Lane lane, long leaseNs) {
    to(lane, LaneState.OUT);
    out.put(lane.head().seq(), lane);
    if (leaseNs != Long.MAX_VALUE) {
      watch(lane, leaseNs);
    }
    return new Given(lane.head().seq(), lane.head().attempts() + 1);
  }

  /// Seqs that are given out next, of messages whose bytes may be fetched ahead.
  public List<Long> upcoming(int most) {
    List<Long> seqs = new ArrayList<>();
    for (Lane lane : ready) {
      if (seqs.size() == most) {
        break;
      }
      if (lane.state == LaneState.READY) {
        seqs.add(lane.head().seq());
      }
    }
    return seqs;
  }

  /// The entry of a message that is given out; null if it is not, or not any more.
  public @Nullable Entry given(long seq) {
    Lane lane = out.get(seq);
    return lane != null && lane.state == LaneState.OUT ? lane.head() : null;
  }

  /// A lease lasts so long from now on.
  public void extend(long seq, long leaseNs) {
    watch(lane(seq), leaseNs);
  }

  /// It is known what became of a message; its lane waits until that is on disk.
  public void answered(long seq) {
    to(lane(seq), LaneState.SETTLING);
  }

  /// A message was not tried: it is given out again, before others.
  public void refused(long seq) {
    Lane lane = lane(seq);
    out.remove(seq);
    to(lane, LaneState.READY);
    ready.addFirst(lane);
  }

  /// A message is done, on disk.
  public void done(long seq) {
    Lane lane = settle(seq);
    bytes -= lane.head().bytes();
    leave(lane);
    next(lane);
  }

  /// A message is dead, on disk.
  ///
  /// @param block whether its lane waits until it is redriven or purged
  public void buried(long seq, boolean block) {
    Lane lane = settle(seq);
    dead++;
    leave(lane);
    if (block) {
      blocked.add(lane.hash);
      stuckMs = Math.min(stuckMs, lane.head().acceptedMs());
    }
    next(lane);
  }

  /// A message will be tried again, on disk.
  ///
  /// @param attempts counted so far
  public void postponed(long seq, int attempts, long waitNs) {
    Lane lane = settle(seq);
    Entry old = lane.head();
    lane.head(
        new Entry(
            seq, old.lane(), old.slot(), attempts, 0, false, old.acceptedMs(), old.bytes()));
    if (waitNs <= 0) {
      makeReady(lane);
    } else {
      makeWait(lane, waitNs);
    }
  }

  /// The dead of the log are these, after some have been redriven or purged.
  ///
  /// @param removed how many
  /// @param removedBytes of those that were purged
  public void exhumed(long removed, long removedBytes) {
    dead -= removed;
    bytes -= removedBytes;
  }

  /// These lanes wait behind a dead message, no others.
  public void block(Collection<Long> deadLanes) {
    LongSet now = new LongSet(deadLanes);
    LongSet freed = blocked.filtered(lane -> !now.test(lane));
    blocked = now;
    stuckMs = blocked.isEmpty() ? Long.MAX_VALUE : stuckMs;
    now.forEach(
        hash -> {
          Lane lane = lanes.get(hash);
          if (lane != null && !isOnItsWay(lane)) {
            drop(lane);
          }
        });
    freed.forEach(
        hash -> {
          if (!lanes.containsKey(hash)) {
            hungry(new Lane(hash, Slots.slot(hash)), 0, reading.knownTo());
          }
        });
  }

  /// What has come due by now.
  ///
  /// @return the messages whose lease has ended; they count as given out until [#answered]
  public List<Long> due() {
    List<Long> expired = new ArrayList<>();
    while (!timers.isEmpty() && timers.first().dueNs - nowNs <= 0) {
      Lane lane = timers.removeFirst();
      lane.timed = false;
      if (lane.state == LaneState.WAITING) {
        makeReady(lane);
      } else {
        expired.add(lane.head().seq());
      }
    }
    while (lanes.size() < MOST_LANES) {
      Entry entry = delays.due(nowMs);
      if (entry == null) {
        break;
      }
      release(entry);
    }
    return expired;
  }

  /// When [#due] is to be asked next, in nanoseconds from now; [Long#MAX_VALUE] for never.
  public long dueInNs() {
    long wait = timers.isEmpty() ? Long.MAX_VALUE : timers.first().dueNs - nowNs;
    long ms = delays.nextMs();
    if (ms == Long.MAX_VALUE) {
      return Math.max(0, wait);
    }
    return Math.max(0, Math.min(wait, TimeUnit.MILLISECONDS.toNanos(ms - nowMs)));
  }

  /// Whether a message could be given out.
  public boolean anyReady() {
    return !ready.isEmpty();
  }

  /// Gives out nothing of these slots.
  public void drain(IntPredicate slots) {
    moving = slots;
  }

  /// Whether nothing of the slots that are drained is on its way.
  public boolean drained() {
    return out.values().stream().noneMatch(this::moves);
  }

  /// Gives out what was held back.
  public void flow() {
    moving = null;
    ready.addAll(parked);
    parked.clear();
  }

  /// Forgets the lanes of slots that lie elsewhere now. Nothing of them may be on its way.
  ///
  /// @return those of them that are blocked
  public List<Long> moveAway(IntPredicate slots) {
    List<Long> stuck = new ArrayList<>();
    blocked.forEach(
        hash -> {
          if (slots.test(Slots.slot(hash))) {
            stuck.add(hash);
          }
        });
    blocked = blocked.filtered(hash -> !slots.test(Slots.slot(hash)));
    lanes.values().stream().filter(lane -> slots.test(lane.slot)).toList().forEach(this::drop);
    delays.removeSlots(slots);
    reading.forgetRead();
    return stuck;
  }

  /// Messages have left with their slots.
  public void lose(LaneCounts moved) {
    depth -= moved.depth();
    bytes -= moved.bytes();
    dead -= moved.dead();
  }

  /// Messages have come with their slots: what is not on its way is read anew.
  public void gain(LaneCounts moved, Collection<Long> stuck, long knownTo) {
    depth += moved.depth();
    bytes += moved.bytes();
    dead += moved.dead();
    stuck.forEach(blocked::add);
    reading.heardOf(knownTo);
    reload();
  }

  /// Reads the log anew from its beginning; what is on its way stays so.
  public void reload() {
    List<Lane> idle =
        lanes.values().stream()
            .filter(lane -> !isOnItsWay(lane))
            .toList();
    idle.forEach(this::drop);
    for (Lane lane : lanes.values()) {
      held -= lane.dropAfter(-1);
      lane.readTo(Long.MAX_VALUE - 1);
      partial.remove(lane);
    }
    delays.clear();
    delayed = 0;
    hot.clear();
    reading.restart();
  }

  /// What is to be read next; null for nothing, or while another read is under way. It is under way
  /// until [#loaded] or [#readFailed].
  public @Nullable Read wanted() {
    return reading.next(
        new Reading.Needs(
            hasRoom(),
            WINDOW - active(),
            partial.stream().filter(this::isLow).limit(Reading.LANES_AGAIN).toList(),
            delays.mustLook(nowMs)),
        delays::look);
  }

  /// A read has brought these.
  public void loaded(Read read, List<Entry> entries) {
    if (!reading.isUnderWay(read)) {
      return;
    }
    long to = Reading.reachedTo(read, entries);
    switch (read.kind()) {
      case ONWARD -> entries.forEach(this::see);
      case AGAIN -> seeAgain(read, entries, to);
      case DELAYED -> entries.forEach(this::seeDelayed);
    }
    reading.ended(read, to, entries.size() < read.most());
  }

  /// A read has not come about.
  public void readFailed(Read read) {
    if (reading.isUnderWay(read)) {
      reading.forgetRead();
    }
  }

  /// What the lanes count.
  public LaneCounts counts() {
    return new LaneCounts(
        depth,
        bytes,
        dead,
        byState[LaneState.READY.ordinal()],
        delayed,
        byState[LaneState.OUT.ordinal()],
        byState[LaneState.WAITING.ordinal()] + blocked.size(),
        depth == 0 ? 0 : oldestMs(),
        hot.hottest(HOTTEST));
  }

  private long oldestMs() {
    long oldest = blocked.isEmpty() ? Long.MAX_VALUE : stuckMs;
    for (Lane lane : lanes.values()) {
      Entry head = lane.peek();
      oldest = head == null ? oldest : Math.min(oldest, head.acceptedMs());
    }
    if (oldest != Long.MAX_VALUE) {
      return oldest;
    }
    return depth > delayed ? oldestUnreadMs : 0;
  }

  private boolean see(Entry entry) {
    if (isStale(entry)) {
      return false;
    }
    if (blocked.test(entry.lane())) {
      stuckMs = Math.min(stuckMs, entry.acceptedMs());
      return false;
    }
    if (isEarly(entry)) {
      delayed++;
      delays.offer(entry);
      return false;
    }
    Lane lane = lanes.get(entry.lane());
    if (lane == null) {
      begin(entry);
      return true;
    }
    if (lane.partial() || lane.size() >= LANE || lane.state == LaneState.WAITING) {
      lane.skip(entry.seq());
      partial.add(lane);
      return false;
    }
    lane.add(entry);
    held++;
    return true;
  }

  private void seeAgain(Read read, List<Entry> entries, long to) {
    Map<Long, Lane> reached = new HashMap<>();
    for (Lane lane : partial) {
      if (read.lanes().test(lane.hash) && read.afterSeq() <= lane.unreadAfter()) {
        reached.put(lane.hash, lane);
      }
    }
    int most = hasRoom() ? LANE : 1;
    for (Entry entry : entries) {
      Lane lane = reached.get(entry.lane());
      if (lane == null || entry.seq() <= lane.unreadAfter() || isStale(entry)) {
        continue;
      }
      if (lane.size() < most) {
        takeAgain(lane, entry);
      } else {
        reached.remove(lane.hash);
      }
    }
    for (Lane lane : reached.values()) {
      lane.readTo(to);
      isWhole(lane);
    }
  }

  private void takeAgain(Lane lane, Entry entry) {
    lane.readTo(entry.seq());
    if (isEarly(entry)) {
      delays.offer(entry);
    } else {
      take(lane, entry);
    }
  }

  private void isWhole(Lane lane) {
    if (!lane.partial()) {
      partial.remove(lane);
      if (lane.state == LaneState.HUNGRY) {
        drop(lane);
      }
    }
  }

  private void seeDelayed(Entry entry) {
    if (isEarly(entry)) {
      delays.offer(entry);
    } else if (entry.delayed()) {
      release(entry);
    }
  }

  /// A delayed message takes its place in its lane.
  private void release(Entry entry) {
    if (isStale(entry)) {
      return;
    }
    delayed = Math.max(0, delayed - 1);
    if (blocked.test(entry.lane())) {
      return;
    }
    Lane lane = lanes.get(entry.lane());
    if (lane == null) {
      begin(entry);
    } else if (lane.unreadAfter() < entry.seq()) {
      lane.skip(entry.seq());
    } else if (lane.size() < LANE) {
      take(lane, entry);
    } else {
      held -= lane.dropAfter(entry.seq());
      lane.skip(entry.seq());
      partial.add(lane);
    }
  }

  private void take(Lane lane, Entry entry) {
    lane.add(entry);
    held++;
    if (lane.state == LaneState.HUNGRY) {
      next(lane);
    }
  }

  private void begin(Entry entry) {
    Lane lane = new Lane(entry);
    lanes.put(lane.hash, lane);
    byState[lane.state.ordinal()]++;
    lane.add(entry);
    held++;
    next(lane);
  }

  private void hungry(Lane lane, long afterSeq, long toSeq) {
    lanes.put(lane.hash, lane);
    byState[lane.state.ordinal()]++;
    lane.skip(toSeq);
    lane.skip(afterSeq + 1);
    partial.add(lane);
  }

  /// The lane's next entry becomes its head.
  private void next(Lane lane) {
    Entry head = lane.advance();
    if (blocked.test(lane.hash)) {
      drop(lane);
    } else if (head == null && lane.partial()) {
      to(lane, LaneState.HUNGRY);
    } else if (head == null) {
      drop(lane);
    } else if (head.attempts() > 0 && head.notBeforeMs() > nowMs) {
      long waitMs = Math.min(head.notBeforeMs() - nowMs, MOST_WAIT_MS);
      makeWait(lane, TimeUnit.MILLISECONDS.toNanos(waitMs));
    } else {
      makeReady(lane);
    }
  }

  private void makeReady(Lane lane) {
    to(lane, LaneState.READY);
    ready.add(lane);
  }

  private void makeWait(Lane lane, long waitNs) {
    to(lane, LaneState.WAITING);
    held -= lane.dropAfter(lane.head().seq());
    if (lane.partial()) {
      partial.add(lane);
    }
    watch(lane, waitNs);
  }

  private Lane settle(long seq) {
    Lane lane = Objects.requireNonNull(out.remove(seq), "not given out");
    reading.settled(seq);
    return lane;
  }

  private void leave(Lane lane) {
    depth--;
    held--;
    hot.less(lane.hash);
  }

  private void drop(Lane lane) {
    if (lane.state == LaneState.READY) {
      ready.remove(lane);
    }
    to(lane, LaneState.GONE);
    held -= lane.size();
    lanes.remove(lane.hash);
    partial.remove(lane);
  }

  private void to(Lane lane, LaneState next) {
    unwatch(lane);
    byState[lane.state.ordinal()]--;
    lane.state = lane.state.to(next);
    byState[lane.state.ordinal()]++;
  }

  private void watch(Lane lane, long waitNs) {
    unwatch(lane);
    lane.dueNs = nowNs + waitNs;
    lane.timed = timers.add(lane);
  }

  private void unwatch(Lane lane) {
    if (lane.timed) {
      timers.remove(lane);
      lane.timed = false;
    }
  }

  private Lane lane(long seq) {
    return Objects.requireNonNull(out.get(seq), "not given out");
  }

  private static boolean isOnItsWay(Lane lane) {
    return lane.state == LaneState.OUT || lane.state == LaneState.SETTLING;
  }

  private boolean moves(Lane lane) {
    return moving != null && moving.test(lane.slot);
  }

  private boolean isEarly(Entry entry) {
    return entry.delayed() && entry.notBeforeMs() > nowMs;
  }

  private boolean isStale(Entry entry) {
    Lane lane = lanes.get(entry.lane());
    return reading.wasSettled(entry.seq()) || (lane != null && lane.holds(entry.seq()));
  }

  /// A waiting lane is not read again before its time.
  private boolean isLow(Lane lane) {
    boolean roomy = hasRoom() ? lane.behind() <= LOW : lane.state == LaneState.HUNGRY;
    return lane.state != LaneState.WAITING && roomy;
  }

  private boolean hasRoom() {
    return active() < WINDOW && lanes.size() < MOST_LANES;
  }

  private int active() {
    return held - byState[LaneState.WAITING.ordinal()];
  }
}
