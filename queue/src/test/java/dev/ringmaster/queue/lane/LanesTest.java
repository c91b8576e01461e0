package dev.ringmaster.queue.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.queue.lane.Read.Kind;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.Totals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long A = 1L << 52;
  private static final long B = 2L << 52;
  private static final Bounds SMALL = new Bounds(8, 3, 1, 6, 4, 2, 1000);

  private final TreeMap<Long, Entry> stored = new TreeMap<>();
  private Lanes lanes = new Lanes(new Totals(0, 0, 0, 0, 0), List.of(), true, Bounds.DEFAULT);
  private long nowMs = 1_000_000;

  private void at(long ms) {
    nowMs = ms;
    lanes.at(TimeUnit.MILLISECONDS.toNanos(ms), ms);
  }

  private Entry entry(long seq, long lane, long notBeforeMs) {
    Entry entry =
        new Entry(seq, lane, (int) (lane >>> 52), 0, notBeforeMs, notBeforeMs != 0, nowMs, 10);
    stored.put(seq, entry);
    return entry;
  }

  private boolean append(long seq, long lane) {
    lanes.at(TimeUnit.MILLISECONDS.toNanos(nowMs), nowMs);
    return lanes.appended(entry(seq, lane, 0));
  }

  private long give() {
    Given given = lanes.give(NEVER);
    return given == null ? 0 : given.seq();
  }

  private void finish(long seq) {
    lanes.answered(seq);
    stored.remove(seq);
    lanes.done(seq);
  }

  /// Reads until nothing more is wanted.
  private void read() {
    Read read = lanes.wanted();
    for (int i = 0; i < 1000 && read != null; i++) {
      lanes.loaded(read, rows(read));
      read = lanes.wanted();
    }
    assertThat(read).as("reading comes to rest").isNull();
  }

  private List<Entry> rows(Read read) {
    return stored.tailMap(read.afterSeq(), false).values().stream()
        .filter(entry -> read.lanes().test(entry.lane()))
        .limit(read.most())
        .toList();
  }

  @Test
  void aLaneGivesOneAtATimeInItsOrder() {
    append(1, A);
    append(2, A);
    append(3, B);
    assertThat(give()).isEqualTo(1);
    assertThat(give()).isEqualTo(3);
    assertThat(give()).isZero();
    lanes.answered(1);
    assertThat(give()).as("what is settling is not on disk").isZero();
    lanes.done(1);
    assertThat(give()).isEqualTo(2);
  }

  @Test
  void lanesTakeTurns() {
    for (long seq = 1; seq <= 6; seq += 2) {
      append(seq, A);
      append(seq + 1, B);
    }
    List<Long> order = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      long seq = give();
      order.add(seq);
      finish(seq);
    }
    assertThat(order).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void aRetryWaitsAtTheHeadOfItsLane() {
    append(1, A);
    append(2, A);
    finishNot(give(), 50);
    assertThat(give()).isZero();
    at(nowMs + 49);
    lanes.due();
    assertThat(give()).isZero();
    at(nowMs + 1);
    lanes.due();
    Given again = Objects.requireNonNull(lanes.give(NEVER));
    assertThat(again).isEqualTo(new Given(1, 2));
    finish(1);
    read();
    assertThat(give()).isEqualTo(2);
  }

  private void finishNot(long seq, long waitMs) {
    lanes.answered(seq);
    lanes.postponed(seq, 1, TimeUnit.MILLISECONDS.toNanos(waitMs));
    stored.put(seq, new Entry(seq, A, 1, 1, nowMs + waitMs, false, nowMs, 10));
  }

  @Test
  void aPoisonedKeyWithManyMessagesHoldsUpNobody() {
    lanes = new Lanes(new Totals(0, 0, 0, 0, 0), List.of(), true, SMALL);
    append(1, A);
    finishNot(give(), 60_000);
    for (long seq = 2; seq <= 1000; seq++) {
      append(seq, A);
    }
    append(1001, B);
    read();
    assertThat(give()).isEqualTo(1001);
    assertThat(lanes.counts().depth()).isEqualTo(1001);
    assertThat(lanes.counts().blockedLanes()).isEqualTo(1);
  }

  @Test
  void aBacklogThatDoesNotFitIsGivenOutWholeAndInOrder() {
    for (long seq = 1; seq <= 500; seq++) {
      entry(seq, seq % 3 == 0 ? A : seq << 52, 0);
    }
    lanes = new Lanes(new Totals(500, 5000, nowMs, 500, 0), List.of(), true, SMALL);
    lanes.at(0, nowMs);
    Set<Long> seen = new HashSet<>();
    long lastOfA = 0;
    while (lanes.depth() > 0) {
      read();
      long seq = give();
      assertThat(seq).as("something is always ready, %s left", lanes.depth()).isPositive();
      assertThat(seen.add(seq)).isTrue();
      if (seq % 3 == 0) {
        assertThat(seq).isGreaterThan(lastOfA);
        lastOfA = seq;
      }
      finish(seq);
    }
    assertThat(seen).hasSize(500);
  }

  @Test
  void anOldRowOfAReadIsPassedOver() {
    entry(1, A, 0);
    lanes = new Lanes(new Totals(1, 10, nowMs, 1, 0), List.of(), true, Bounds.DEFAULT);
    lanes.at(0, nowMs);
    read();
    assertThat(give()).isEqualTo(1);
    lanes.reload();
    Read read = Objects.requireNonNull(lanes.wanted());
    List<Entry> rows = rows(read);
    finish(1);
    lanes.loaded(read, rows);
    assertThat(give()).as("done while the read was under way").isZero();
  }

  @Test
  void aDelayedMessageHoldsUpNobodyAndComesWhenItIsDue() {
    at(nowMs);
    lanes.appended(entry(1, A, nowMs + 100));
    append(2, A);
    assertThat(lanes.counts().delayed()).isEqualTo(1);
    assertThat(give()).isEqualTo(2);
    finish(2);
    at(nowMs + 100);
    lanes.due();
    assertThat(give()).isEqualTo(1);
    assertThat(lanes.counts().delayed()).isZero();
  }

  @Test
  void moreDelayedMessagesThanFitComeAllTheSame() {
    lanes = new Lanes(new Totals(0, 0, 0, 0, 0), List.of(), true, SMALL);
    at(nowMs);
    for (long seq = 1; seq <= 40; seq++) {
      lanes.appended(entry(seq, seq << 52, nowMs + 1000 - seq));
    }
    at(nowMs + 1000);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      lanes.due();
      read();
      long seq = give();
      if (seq != 0) {
        seen.add(seq);
        finish(seq);
      }
    }
    assertThat(seen).hasSize(40);
  }

  @Test
  void aDeadMessageBlocksItsKeyUntilItIsGone() {
    append(1, A);
    append(2, A);
    append(3, B);
    long first = give();
    lanes.answered(first);
    stored.remove(first);
    lanes.buried(first, true);
    assertThat(give()).isEqualTo(3);
    assertThat(give()).isZero();
    assertThat(lanes.counts().blockedLanes()).isEqualTo(1);
    lanes.block(List.of());
    read();
    assertThat(give()).isEqualTo(2);
  }

  @Test
  void aLeaseThatEndsIsTold() {
    append(1, A);
    lanes.give(TimeUnit.MILLISECONDS.toNanos(10));
    assertThat(lanes.due()).isEmpty();
    lanes.extend(1, TimeUnit.MILLISECONDS.toNanos(30));
    at(nowMs + 29);
    assertThat(lanes.due()).isEmpty();
    at(nowMs + 1);
    assertThat(lanes.due()).containsExactly(1L);
  }

  @Test
  void drainedSlotsGiveNothingAndTheRestFlows() {
    append(1, A);
    append(2, B);
    lanes.drain(slot -> slot == 1);
    assertThat(give()).isEqualTo(2);
    assertThat(give()).isZero();
    assertThat(lanes.anyReady()).as("nobody turns in circles for what is held back").isFalse();
    assertThat(lanes.drained()).isTrue();
    lanes.flow();
    assertThat(give()).isEqualTo(1);
  }

  @Test
  void aReadThatFailsIsAskedForAgain() {
    entry(1, A, 0);
    lanes = new Lanes(new Totals(1, 10, nowMs, 1, 0), List.of(), true, Bounds.DEFAULT);
    lanes.at(0, nowMs);
    Read read = Objects.requireNonNull(lanes.wanted());
    assertThat(lanes.wanted()).as("one at a time").isNull();
    lanes.readFailed(read);
    assertThat(Objects.requireNonNull(lanes.wanted()).kind()).isEqualTo(Kind.ONWARD);
  }

  @Test
  void theOldestIsThatOfTheLanesHeads() {
    at(500);
    append(1, A);
    at(900);
    append(2, B);
    assertThat(lanes.counts().oldestMs()).isEqualTo(500);
    finish(give());
    assertThat(lanes.counts().oldestMs()).isEqualTo(900);
    finish(give());
    assertThat(lanes.counts().oldestMs()).isZero();
  }

  @Test
  void theHottestLanesAreNamed() {
    for (long seq = 1; seq <= 300; seq++) {
      append(seq, seq % 3 == 0 ? (seq + 10) << 52 : A);
    }
    assertThat(lanes.counts().hottest().getFirst().lane()).isEqualTo(A);
    assertThat(lanes.counts().hottest().getFirst().depth()).isEqualTo(200);
  }

  @Test
  void aMillionMessagesHoldAWindow() {
    lanes =
        new Lanes(new Totals(1_000_000, 1, nowMs, 1_000_000, 0), List.of(), true, Bounds.DEFAULT);
    lanes.at(0, nowMs);
    long held = 0;
    for (Read read = lanes.wanted(); read != null; read = lanes.wanted()) {
      List<Entry> rows = new ArrayList<>();
      for (long seq = read.afterSeq() + 1; seq <= read.afterSeq() + read.most(); seq++) {
        rows.add(new Entry(seq, seq << 40, (int) (seq >>> 12), 0, 0, false, nowMs, 10));
      }
      held += rows.size();
      lanes.loaded(read, rows);
    }
    assertThat(held).isLessThanOrEqualTo(Bounds.DEFAULT.window());
  }
}
