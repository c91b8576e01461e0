package dev.ringmaster.queue.lane;

import dev.ringmaster.queue.lane.Reading.Trust;
import dev.ringmaster.queue.message.Slots;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.Totals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Which messages of one log may be given out, in bounded memory: a pure core, driven by its owner.
///
/// **Order.** A lane gives out its head alone, and its next message only when the fate of the head
/// is on disk. Lanes take turns: one that has given out goes to the end.
///
/// **The window.** Entries are held in a window of [Bounds#window]; the log may be any longer.
/// *Onward* reading sees every entry once, in order, up to the frontier; a fresh message is taken
/// in without reading when the frontier is at the log's end. An entry whose lane has no room (it
/// holds [Bounds#lane] already, or waits for a retry) is skipped: its lane becomes *partial* and
/// remembers behind which seq to read again, which one scan does for all such lanes together. Lanes
/// that wait keep their head alone. So a poisoned key with a million messages holds one entry, and
/// the frontier goes on past them.
///
/// **What a read may not do.** A read runs beside the owner, so its rows may be old when they come.
/// A row is passed over if its lane holds it, or if it was settled after the read was asked for
/// ([Reading#settled]); every other row is as it was, since only the owner changes them.
///
/// **Time** comes in by [#at]: nanoseconds for waits and leases, the wall clock only for what
/// producers and the store name by it.
public final class Lanes {
  /// A wall clock may jump: what waits for it is looked at so often.
  private static final long LOOK_MS = 1000;

  private static final int HOTTEST = 5;

  private final Bounds bounds;
  private final Pool pool;
  private final List<Lane> parked = new ArrayList<>();
  private final Map<Long, Lane> out = new HashMap<>();
  private final Delays delays;
  private final Books books;
  private final Reading reading;
  private LongSet blocked;
  private @Nullable IntPredicate moving;

  private long changes;
  private long nowNs;
  private long nowMs;

  /// A log as it is found when its shard is taken.
  ///
  /// @param blocked lanes that wait behind a dead message
  /// @param alone whether nobody else adds to the store, so that what [#appended] is told is all
  public Lanes(Totals totals, Collection<Long> blocked, boolean alone, Bounds bounds) {
    this.bounds = bounds;
    this.pool = new Pool(bounds);
    this.delays = new Delays(bounds.delays());
    this.reading = new Reading(bounds.page());
    reading.trust(alone ? Trust.ALL_IS_TOLD : Trust.SOME_IS_TOLD);
    this.books = new Books(totals);
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
    changes++;
    books.came(entry);
    boolean next = reading.isNext(entry.seq()) && pool.hasRoom();
    reading.heardOf(entry.seq());
    if (!next) {
      return false;
    }
    reading.sawTo(entry.seq());
    return see(entry);
  }

  /// A message may be in the log that nobody told of, even behind what has been seen: the log is
  /// read anew.
  public void distrust() {
    reading.trust(Trust.SOME_IS_TOLD);
    reload();
  }

  /// From now on every message is told of.
  public void trust() {
    reading.trust(Trust.ALL_IS_TOLD);
  }

  /// Whether nothing is on its way: then a count of the store is exact.
  public boolean isCalm() {
    return out.isEmpty();
  }

  /// Grows with everything that changes what is counted.
  public long changes() {
    return changes;
  }

  /// Others have added to the log: what the store counts now.
  public void grew(Totals totals) {
    books.replace(totals);
    reading.heardOf(totals.lastSeq());
  }

  /// The next message is given out; null if none is ready.
  ///
  /// @param leaseNs after which it is taken back; [Long#MAX_VALUE] for never
  public @Nullable Given give(long leaseNs) {
    for (Lane lane = pool.pollReady(); lane != null; lane = pool.pollReady()) {
      if (lane.state == LaneState.READY && moves(lane)) {
        parked.add(lane);
      } else if (lane.state == LaneState.READY) {
        return give(lane, leaseNs);
      }
    }
    return null;
  }

  private Given give(Lane lane, long leaseNs) {
    pool.to(lane, LaneState.OUT);
    out.put(lane.head().seq(), lane);
    if (leaseNs != Long.MAX_VALUE) {
      pool.watch(lane, nowNs + leaseNs);
    }
    return new Given(lane.head().seq(), lane.head().attempts() + 1);
  }

  /// Seqs that are given out next, of messages whose bytes may be fetched ahead.
  public List<Long> upcoming(int most) {
    List<Long> seqs = new ArrayList<>();
    for (Lane lane : pool.row()) {
      if (seqs.size() == most) {
        break;
      }
      if (lane.state == LaneState.READY) {
        seqs.add(lane.head().seq());
      }
    }
    return seqs;
  }

  /// Whether a message is held and not given out yet.
  public boolean awaits(long hash, long seq) {
    Lane lane = pool.get(hash);
    return lane != null && lane.holds(seq) && !out.containsKey(seq);
  }

  /// The entry of a message that is given out; null if it is not, or not any more.
  public @Nullable Entry given(long seq) {
    Lane lane = out.get(seq);
    return lane != null && lane.state == LaneState.OUT ? lane.head() : null;
  }

  /// A lease lasts so long from now on.
  public void extend(long seq, long leaseNs) {
    pool.watch(lane(seq), nowNs + leaseNs);
  }

  /// It is known what became of a message; its lane waits until that is on disk.
  public void answered(long seq) {
    pool.to(lane(seq), LaneState.SETTLING);
  }

  /// A message was not tried: it is given out again after a while, or before others at once.
  public void refused(long seq, long waitNs) {
    Lane lane = lane(seq);
    out.remove(seq);
    if (waitNs > 0) {
      pool.to(lane, LaneState.WAITING);
      pool.watch(lane, nowNs + waitNs);
    } else {
      pool.makeReadyFirst(lane);
    }
  }

  /// A message is done, on disk.
  public void done(long seq) {
    Lane lane = settle(seq);
    books.bytes -= lane.head().bytes();
    leave(lane);
    next(lane);
  }

  /// A message is dead, on disk.
  ///
  /// @param block whether its lane waits until it is redriven or purged
  public void buried(long seq, boolean block) {
    Lane lane = settle(seq);
    books.dead++;
    leave(lane);
    if (block) {
      blocked.add(lane.hash);
      books.blocked(lane.head());
    }
    next(lane);
  }

  /// A message will be tried again, on disk.
  ///
  /// @param attempts counted so far
  public void postponed(long seq, int attempts, long waitNs) {
    Lane lane = settle(seq);
    Entry old = lane.head();
    books.lessDelayed(old);
    pool.replace(
        lane,
        new Entry(seq, old.lane(), old.slot(), attempts, 0, false, old.acceptedMs(), old.bytes()));
    if (waitNs <= 0) {
      pool.makeReady(lane);
    } else {
      makeWait(lane, waitNs);
    }
  }

  /// The dead of the log are these, after some have been redriven or purged.
  ///
  /// @param removed how many
  /// @param removedBytes of those that were purged
  public void exhumed(long removed, long removedBytes) {
    changes++;
    books.dead -= removed;
    books.bytes -= removedBytes;
  }

  /// These lanes wait behind a dead message, no others.
  public void block(Collection<Long> deadLanes) {
    LongSet now = new LongSet(deadLanes);
    LongSet freed = blocked.filtered(lane -> !now.test(lane));
    blocked = now;
    if (blocked.isEmpty()) {
      books.noneBlocked();
    }
    pool.all().stream()
        .filter(lane -> now.test(lane.hash) && !lane.isOnItsWay())
        .toList()
        .forEach(pool::drop);
    freed.forEach(hash -> {
      if (pool.get(hash) == null) {
        hungry(new Lane(hash, Slots.slot(hash)));
      }
    });
  }

  /// What has come due by now.
  ///
  /// @return the messages whose lease has ended; they count as given out until [#answered]
  public List<Long> due() {
    List<Long> expired = new ArrayList<>();
    for (Lane lane = pool.pollDue(nowNs); lane != null; lane = pool.pollDue(nowNs)) {
      if (lane.state == LaneState.WAITING) {
        pool.makeReady(lane);
      } else {
        expired.add(lane.head().seq());
      }
    }
    while (pool.hasRoomForLanes()) {
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
    long wait = pool.dueInNs(nowNs);
    long ms = delays.nextMs(nowMs);
    if (ms == Long.MAX_VALUE || !pool.hasRoomForLanes()) {
      return Math.max(0, wait);
    }
    long lookMs = Math.clamp(ms - nowMs, 0, LOOK_MS);
    return Math.max(0, Math.min(wait, TimeUnit.MILLISECONDS.toNanos(lookMs)));
  }

  /// Whether a message could be given out.
  public boolean anyReady() {
    return !pool.row().isEmpty();
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
    pool.pushReady(parked);
    parked.clear();
  }

  /// Forgets the lanes of slots that lie elsewhere now. Nothing of them may be on its way.
  ///
  /// @return those of them that are blocked
  public List<Long> moveAway(IntPredicate slots) {
    changes++;
    List<Long> stuck = blocked.filtered(hash -> slots.test(Slots.slot(hash))).toList();
    blocked = blocked.filtered(hash -> !slots.test(Slots.slot(hash)));
    pool.all().stream().filter(lane -> slots.test(lane.slot)).toList().forEach(pool::drop);
    reload();
    return stuck;
  }

  /// Messages have left with their slots.
  public void lose(long messages, long theirBytes, long theirDead) {
    changes++;
    books.add(-messages, -theirBytes, -theirDead);
  }

  /// The greatest seq in the log that has been heard of.
  public long knownTo() {
    return reading.knownTo();
  }

  /// Messages have come with their slots: what is not on its way is read anew.
  public void gain(LaneCounts moved, Collection<Long> stuck, long knownTo) {
    changes++;
    books.add(moved.depth(), moved.bytes(), moved.dead());
    stuck.forEach(blocked::add);
    reading.heardOf(knownTo);
    reload();
  }

  /// Reads the log anew from its beginning; what is on its way stays so.
  public void reload() {
    List<Lane> idle = pool.all().stream().filter(lane -> !lane.isOnItsWay()).toList();
    idle.forEach(pool::drop);
    for (Lane lane : pool.all()) {
      pool.cut(lane, -1);
      lane.readTo(Long.MAX_VALUE - 1);
      pool.mark(lane);
    }
    delays.clear();
    books.delayed = pool.heldDelayed();
    books.hot.clear();
    reading.restart();
  }

  /// What is to be read next; null for nothing, or while another read is under way. It is under way
  /// until [#loaded] or [#readFailed].
  public @Nullable Read wanted() {
    if (!reading.isIdle()) {
      return null;
    }
    return reading.next(
        new Reading.Needs(
            pool.hasRoom(),
            bounds.window() - pool.active(),
            pool.partial().stream().filter(pool::isLow).limit(Reading.LANES_AGAIN).toList(),
            delays.mustLook(nowMs)),
        delays::look);
  }

  /// A read has brought these.
  public void loaded(Read read, List<Entry> entries) {
    if (!reading.isUnderWay(read)) {
      return;
    }
    long to = Reading.reachedTo(read, entries);
    long seenTo = Math.min(to, reading.frontier());
    switch (read.kind()) {
      case ONWARD -> entries.forEach(this::see);
      case AGAIN -> seeAgain(read, entries, seenTo);
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

  /// Messages that are neither done nor dead.
  public long depth() {
    return books.depth;
  }

  /// Bytes of those and of the dead.
  public long bytes() {
    return books.bytes;
  }

  /// What the lanes count.
  public LaneCounts counts() {
    return new LaneCounts(
        books.depth,
        books.bytes,
        books.dead,
        pool.ready(),
        books.delayed - pool.heldDelayed(),
        pool.out(),
        pool.waiting() + blocked.size(),
        books.oldestMs(pool),
        books.hot.hottest(HOTTEST));
  }

  private boolean see(Entry entry) {
    if (isStale(entry)) {
      return false;
    }
    books.moreDelayed(entry);
    if (blocked.test(entry.lane())) {
      books.blocked(entry);
      return false;
    }
    if (isEarly(entry)) {
      delays.offer(entry);
      return false;
    }
    Lane lane = pool.get(entry.lane());
    if (lane == null) {
      begin(entry);
      return true;
    }
    if (lane.partial() || lane.size() >= bounds.lane() || lane.state == LaneState.WAITING) {
      lane.skip(entry.seq());
      pool.mark(lane);
      return false;
    }
    hold(lane, entry);
    return true;
  }

  private void seeAgain(Read read, List<Entry> entries, long to) {
    Map<Long, Lane> reached = pool.partial(read);
    int most = pool.hasRoom() ? bounds.lane() : 1;
    for (Entry entry : entries) {
      Lane lane = reached.get(entry.lane());
      if (lane == null || entry.seq() <= lane.unreadAfter() || entry.seq() > to || isStale(entry)) {
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
    pool.mark(lane);
    if (!lane.partial() && lane.state == LaneState.HUNGRY) {
      pool.drop(lane);
    }
  }

  private void seeDelayed(Entry entry) {
    if (!entry.delayed() || entry.seq() > reading.frontier() || isStale(entry)) {
      return;
    }
    if (isEarly(entry)) {
      delays.offer(entry);
    } else {
      release(entry);
    }
  }

  /// A delayed message takes its place in its lane.
  private void release(Entry entry) {
    if (isStale(entry) || blocked.test(entry.lane())) {
      return;
    }
    Lane lane = pool.get(entry.lane());
    if (lane == null) {
      begin(entry);
    } else if (lane.unreadAfter() < entry.seq()) {
      lane.skip(entry.seq());
    } else if (lane.size() < bounds.lane()) {
      take(lane, entry);
    } else {
      pool.cut(lane, entry.seq());
      lane.skip(entry.seq());
      pool.mark(lane);
    }
  }

  private void take(Lane lane, Entry entry) {
    hold(lane, entry);
    if (lane.state == LaneState.HUNGRY) {
      next(lane);
    }
  }

  /// An entry is in one place: in a lane, or among those that are delayed.
  private void hold(Lane lane, Entry entry) {
    if (entry.delayed()) {
      delays.remove(entry);
    }
    pool.hold(lane, entry);
  }

  private void begin(Entry entry) {
    Lane lane = new Lane(entry);
    pool.begin(lane);
    hold(lane, entry);
    next(lane);
  }

  /// All of a lane's entries that have been seen are read again; what has not comes by itself.
  private void hungry(Lane lane) {
    if (reading.frontier() > 0) {
      pool.begin(lane);
      lane.skip(reading.frontier());
      lane.skip(1);
      pool.mark(lane);
    }
  }

  /// The lane's next entry becomes its head.
  private void next(Lane lane) {
    Entry head = lane.advance();
    if (blocked.test(lane.hash)) {
      pool.drop(lane);
    } else if (head == null && lane.partial()) {
      pool.to(lane, LaneState.HUNGRY);
    } else if (head == null) {
      pool.drop(lane);
    } else if (head.attempts() > 0 && head.notBeforeMs() > nowMs) {
      long waitMs = Math.min(head.notBeforeMs() - nowMs, bounds.waitMs());
      makeWait(lane, TimeUnit.MILLISECONDS.toNanos(waitMs));
    } else {
      pool.makeReady(lane);
    }
  }

  private void makeWait(Lane lane, long waitNs) {
    pool.to(lane, LaneState.WAITING);
    pool.cut(lane, lane.head().seq());
    pool.watch(lane, nowNs + waitNs);
  }

  private Lane settle(long seq) {
    Lane lane = Objects.requireNonNull(out.remove(seq), "not given out");
    reading.settled(seq);
    changes++;
    return lane;
  }

  private void leave(Lane lane) {
    books.left(lane.head());
    pool.release(lane.head());
  }

  private Lane lane(long seq) {
    return Objects.requireNonNull(out.get(seq), "not given out");
  }

  private boolean moves(Lane lane) {
    return moving != null && moving.test(lane.slot);
  }

  private boolean isEarly(Entry entry) {
    return entry.delayed() && entry.notBeforeMs() > nowMs;
  }

  private boolean isStale(Entry entry) {
    Lane lane = pool.get(entry.lane());
    return reading.wasSettled(entry.seq()) || (lane != null && lane.holds(entry.seq()));
  }
}
