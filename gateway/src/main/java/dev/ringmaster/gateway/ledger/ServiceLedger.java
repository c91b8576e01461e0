package dev.ringmaster.gateway.ledger;

import dev.ringmaster.gateway.key.BodyMiss;
import dev.ringmaster.gateway.ledger.LedgerTotals.SeatTotals;
import dev.ringmaster.gateway.ledger.LedgerTotals.WaitTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// The counters of one service in one event loop. The loop alone writes them; see [LoopLedger].
public final class ServiceLedger {
  static final int CLASSES = 5;
  private static final int RETRIES = CLASSES;
  private static final int SPILLS = CLASSES + 1;
  private static final int BYTES_IN = CLASSES + 2;
  private static final int BYTES_OUT = CLASSES + 3;
  private static final int DURATION_SUM = CLASSES + 4;
  private static final int SPREADS = CLASSES + 5;
  private static final int DURATIONS = CLASSES + 6;

  private static final int EXCHANGES = CLASSES;
  static final int TUNNELS_OPEN = CLASSES + 1;
  static final int TUNNELS = CLASSES + 2;
  private static final int WAITING = CLASSES + 3;
  private static final int WAITED_SUM = CLASSES + 4;
  private static final int TURNED_AWAY = CLASSES + 5;
  private static final int OVERTIME = CLASSES + 6;
  static final int BODY_KEYS = CLASSES + 7;
  static final int BODY_KEY_OUTCOMES = 1 + BodyMiss.values().length;
  static final int STICKY_ISSUED = BODY_KEYS + BODY_KEY_OUTCOMES;
  static final int STICKY_FORGED = STICKY_ISSUED + 1;
  private static final int HEDGED = STICKY_FORGED + 1;
  private static final int HEDGE_WON = HEDGED + 1;
  static final int UNTRUSTED = HEDGE_WON + 1;
  private static final int WAITS = UNTRUSTED + 1;

  private static final long[] BOUNDS_NS = bounds();
  static final int DURATION_COUNTS = BOUNDS_NS.length + 1;
  static final int SEAT_COUNTERS = DURATIONS + DURATION_COUNTS;
  static final int COMMON_COUNTERS = WAITS + DURATION_COUNTS;

  private enum Standing {
    SERVED,
    REMOVED
  }

  private final String service;
  private volatile Standing standing = Standing.SERVED;
  private volatile @Nullable AtomicLongArray[] seats = new AtomicLongArray[0];
  private final AtomicLongArray common = new AtomicLongArray(COMMON_COUNTERS);

  ServiceLedger(String service) {
    this.service = service;
  }

  /// The service's name.
  public String service() {
    return service;
  }

  /// An exchange began (`by` 1) or ended (-1).
  public void exchanges(int by) {
    add(common, EXCHANGES, by);
  }

  /// An exchange began to wait for a place at a replica (`by` 1) or waits no longer (-1).
  public void waiting(int by) {
    add(common, WAITING, by);
  }

  /// An exchange has waited for a place so long, and got one or not.
  public void waited(long ns) {
    add(common, WAITED_SUM, ns);
    add(common, WAITS + bucket(ns), 1);
  }

  /// An exchange got no place: nobody might wait any more, or its time was up.
  public void turnedAway() {
    add(common, TURNED_AWAY, 1);
  }

  /// An exchange began a second try.
  public void hedged() {
    add(common, HEDGED, 1);
  }

  /// A try ended because TLS with the replica was not agreed upon, or its certificate is not
  /// trusted.
  public void untrusted() {
    add(common, UNTRUSTED, 1);
  }

  /// A second try began to answer before the first.
  public void hedgeWon() {
    add(common, HEDGE_WON, 1);
  }

  /// An exchange was ended because all of it took too long.
  public void overtime() {
    add(common, OVERTIME, 1);
  }

  /// An exchange ended that reached no seat.
  public void unseated(int status) {
    add(common, statusClass(status), 1);
  }

  /// A try at the seat was followed by another.
  public void retry(int seat) {
    add(seat(seat), RETRIES, 1);
  }

  /// The seat got an exchange because one before it was full.
  public void spill(int seat) {
    add(seat(seat), SPILLS, 1);
  }

  /// The seat got an exchange of a key that is spread.
  public void spread(int seat) {
    add(seat(seat), SPREADS, 1);
  }

  /// A body was asked for its key.
  ///
  /// @param miss why it gave none; null if it gave one
  @SuppressWarnings("EnumOrdinal") // an index of this process alone
  public void bodyKey(@Nullable BodyMiss miss) {
    add(common, BODY_KEYS + (miss == null ? 0 : 1 + miss.ordinal()), 1);
  }

  /// A client was given a sticky cookie.
  public void stickyIssued() {
    add(common, STICKY_ISSUED, 1);
  }

  /// A client sent a sticky cookie that was not made here.
  public void stickyForged() {
    add(common, STICKY_FORGED, 1);
  }

  /// An exchange ended whose last try was at the seat.
  public void exchange(int seat, int status, long bytesIn, long bytesOut, long durationNs) {
    AtomicLongArray counters = seat(seat);
    add(counters, statusClass(status), 1);
    if (bytesIn > 0) {
      add(counters, BYTES_IN, bytesIn);
    }
    if (bytesOut > 0) {
      add(counters, BYTES_OUT, bytesOut);
    }
    add(counters, DURATION_SUM, durationNs);
    add(counters, DURATIONS + bucket(durationNs), 1);
  }

  /// An exchange became a tunnel.
  public void tunnelOpened() {
    add(common, TUNNELS_OPEN, 1);
    add(common, TUNNELS, 1);
  }

  /// A tunnel to the seat ended. How long it lasted is not among the durations of requests.
  public void tunnelClosed(int seat, int status, long bytesIn, long bytesOut) {
    add(common, TUNNELS_OPEN, -1);
    AtomicLongArray counters = seat(seat);
    add(counters, statusClass(status), 1);
    add(counters, BYTES_IN, bytesIn);
    add(counters, BYTES_OUT, bytesOut);
  }

  /// Whether the service is one of those that are served now.
  boolean served() {
    return standing == Standing.SERVED;
  }

  void served(boolean now) {
    standing = now ? Standing.SERVED : Standing.REMOVED;
  }

  /// Exchanges open now.
  public long inFlight() {
    return common.getOpaque(EXCHANGES);
  }

  /// Adds this loop's counters of each seat to that seat's row.
  void addSeatsTo(SortedMap<Integer, long[]> sums) {
    @Nullable AtomicLongArray[] rows = seats;
    for (int seat = 0; seat < rows.length; seat++) {
      AtomicLongArray row = rows[seat];
      if (row != null) {
        sum(sums.computeIfAbsent(seat, seatNumber -> new long[SEAT_COUNTERS]), row);
      }
    }
  }

  void addCommonTo(long[] sums) {
    sum(sums, common);
  }

  static void sum(long[] sums, AtomicLongArray row) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row.getOpaque(i);
    }
  }

  /// Growing publishes a new array with the same rows, so that a reader never misses a count.
  private AtomicLongArray seat(int seat) {
    @Nullable AtomicLongArray[] rows = seats;
    if (seat >= rows.length) {
      rows = Arrays.copyOf(rows, Math.max(seat + 1, 2 * rows.length));
    }
    AtomicLongArray row = rows[seat];
    if (row == null) {
      row = new AtomicLongArray(SEAT_COUNTERS);
      rows[seat] = row;
      seats = rows;
    }
    return row;
  }

  static void add(AtomicLongArray counters, int index, long by) {
    counters.setOpaque(index, counters.getPlain(index) + by);
  }

  static int statusClass(int status) {
    return Math.clamp(status / 100, 1, CLASSES) - 1;
  }

  private static long[] bounds() {
    long[] bounds = new long[SeatTotals.BOUNDS_NS.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = SeatTotals.BOUNDS_NS.get(i);
    }
    return bounds;
  }

  private static int bucket(long durationNs) {
    int bucket = 0;
    while (bucket < BOUNDS_NS.length && durationNs > BOUNDS_NS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  static WaitTotals waits(long[] common) {
    return new WaitTotals(
        common[WAITING],
        boxed(common, WAITS, COMMON_COUNTERS),
        common[WAITED_SUM],
        common[TURNED_AWAY],
        common[OVERTIME],
        common[HEDGED],
        common[HEDGE_WON]);
  }

  static SeatTotals totals(int seat, long[] row) {
    return new SeatTotals(
        seat,
        boxed(row, 0, CLASSES),
        row[RETRIES],
        row[SPILLS],
        row[BYTES_IN],
        row[BYTES_OUT],
        boxed(row, DURATIONS, SEAT_COUNTERS),
        row[DURATION_SUM],
        row[SPREADS]);
  }

  static List<Long> boxed(long[] row, int from, int to) {
    List<Long> boxed = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      boxed.add(row[i]);
    }
    return boxed;
  }
}
