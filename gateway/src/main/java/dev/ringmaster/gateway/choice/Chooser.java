package dev.ringmaster.gateway.choice;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.ring.BoundedLoad;
import dev.ringmaster.ring.Table;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses the replica for a key: its first candidate that has a replica, was not tried, and is not
/// full. If all are full by their share of the load, the first of them takes it; but none that is
/// at its limit.
///
/// The choice is a function of its arguments and of the loads; the arrays inside only save garbage.
/// Not for use by two threads.
public final class Chooser {
  /// Candidates looked at: those a request may be tried at, and as many full ones before them.
  private static final int CANDIDATES = 2 * Tried.MOST;

  /// Candidates looked at where replicas have a limit: in a larger fleet a request may wait though
  /// a replica beyond these has a place, which it gets by the line.
  private static final int LIMITED_CANDIDATES = 256;

  private final @Nullable BoundedLoad bound;
  private final int limit;
  private final int[] candidates;
  private int[] spreads = new int[0];
  private int spilledFrom = Table.NONE;
  private int atLimit;

  /// A chooser.
  ///
  /// @param bound when a seat is full by its share; null for never
  public Chooser(@Nullable BoundedLoad bound) {
    this(bound, 0);
  }

  /// A chooser among replicas that have a limit.
  ///
  /// @param bound when a seat is full by its share; null for never
  /// @param limit requests that a replica may have at once; 0 for no limit
  public Chooser(@Nullable BoundedLoad bound, int limit) {
    this.bound = bound;
    this.limit = limit == 0 ? Integer.MAX_VALUE : limit;
    this.candidates = new int[limit == 0 ? CANDIDATES : LIMITED_CANDIDATES];
  }

  /// The replica for a key, or null if there is none that was not tried.
  public @Nullable Replica choose(FleetView view, long hash, Tried tried) {
    atLimit = 0;
    spilledFrom = Table.NONE;
    int owner = view.table().owner(hash);
    if (owner == Table.NONE) {
      return null;
    }
    Replica first = view.seats().get(owner);
    if (first != null && !tried.contains(first)) {
      if (!full(view, first)) {
        return first;
      }
      spilledFrom = owner;
    }
    Replica chosen = chooseFurther(view, hash, tried);
    if (chosen != null && chosen.seat() == owner) {
      spilledFrom = Table.NONE;
    }
    return chosen;
  }

  /// The owner that the last choice passed over because it was full, or [Table#NONE].
  public int spilledFrom() {
    return spilledFrom;
  }

  /// The replica for one request of a key that is spread over the first of its candidates: of two
  /// of them drawn at random the one with fewer requests in flight, if it was not tried and is not
  /// full; else the other; else as if the key was not spread.
  ///
  /// @param over how many candidates, at least 2
  public @Nullable Replica spread(
      FleetView view, long hash, Tried tried, int over, RandomGenerator random) {
    int count = view.table().candidates(hash, spreads(over));
    if (count < 2) {
      return choose(view, hash, tried);
    }
    int first = random.nextInt(count);
    int second = (first + 1 + random.nextInt(count - 1)) % count;
    Replica one = usable(view, spreads(over)[first], tried);
    Replica other = usable(view, spreads(over)[second], tried);
    Replica lighter = lighter(one, other);
    spilledFrom = Table.NONE;
    return lighter == null ? choose(view, hash, tried) : lighter;
  }

  private int[] spreads(int over) {
    if (spreads.length != over) {
      spreads = new int[over];
    }
    return spreads;
  }

  private @Nullable Replica usable(FleetView view, int seat, Tried tried) {
    Replica replica = view.seats().get(seat);
    return replica == null || tried.contains(replica) || full(view, replica) ? null : replica;
  }

  private static @Nullable Replica lighter(@Nullable Replica one, @Nullable Replica other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.load().inFlight() < one.load().inFlight() ? other : one;
  }

  /// How many candidates the last choice passed over because they were at their limit.
  public int atLimit() {
    return atLimit;
  }

  private @Nullable Replica chooseFurther(FleetView view, long hash, Tried tried) {
    int count = view.table().candidates(hash, candidates);
    Replica firstFull = null;
    for (int i = 0; i < count; i++) {
      Replica replica = view.seats().get(candidates[i]);
      if (replica == null || tried.contains(replica)) {
        continue;
      }
      if (!full(view, replica)) {
        return replica;
      }
      if (replica.load().inFlight() >= limit) {
        atLimit++;
      } else if (firstFull == null) {
        firstFull = replica;
      }
    }
    return firstFull;
  }

  private boolean full(FleetView view, Replica replica) {
    int inFlight = replica.load().inFlight();
    return inFlight >= limit
        || (bound != null && inFlight >= bound.floor() && inFlight >= cap(view, replica.seat()));
  }

  /// How many requests the seat may have before it is full.
  int cap(FleetView view, int seat) {
    if (bound == null) {
      return limit;
    }
    int all = 0;
    for (int i = 0; i < view.seats().size(); i++) {
      Replica replica = view.seats().get(i);
      all += replica == null ? 0 : replica.load().inFlight();
    }
    var roster = view.table().roster();
    return Math.min(limit, bound.cap(all, roster.weight(seat), roster.totalWeight()));
  }
}
