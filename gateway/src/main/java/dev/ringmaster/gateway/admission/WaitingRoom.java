package dev.ringmaster.gateway.admission;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.settings.ConcurrencyLimit;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The requests of one service that wait because every replica they could go to is at its limit.
/// One line for all event loops, served in the order of arrival: if each loop had its own, a loop
/// that ends many requests would serve its own line again and again, and another loop's would
/// starve.
///
/// Order of arrival is fair between keys and between loops, and one more rule makes it fair between
/// clients: one address may have a quarter of the places, so that nobody fills the room alone.
///
/// No wake-up is lost. Who frees a place first ends its request and then looks at the line; who
/// waits first stands in the line and then looks at the loads; of two that do so at once, one sees
/// the other. A place changes hands by one compare-and-set on the load, after which nobody else can
/// have it, so the limit holds exactly at every moment. There is no lock: the line is the queue of
/// Michael and Scott ("Simple, Fast, and Practical Non-Blocking and Blocking Concurrent Queue
/// Algorithms", 1996). What costs time in the length of the line (who leaves from its middle, the
/// count for a client) happens only while requests wait anyway, and the line is bounded.
public final class WaitingRoom {
  /// The part of the places that one client may have.
  private static final int CLIENT_SHARE = 4;

  /// How a request's wish to wait was met.
  public enum Entry {
    /// It waits.
    WAITS("all replicas are at their limit"),
    /// It has waited for as long as it may.
    LATE("all replicas are at their limit"),
    /// All places are taken.
    FULL("all replicas are at their limit and too many requests wait"),
    /// Its client has as many places as one may have.
    CLIENT_FULL("all replicas are at their limit and too many requests of this client wait");

    private final String reason;

    Entry(String reason) {
      this.reason = reason;
    }

    /// A few words for the client and the log.
    public String reason() {
      return reason;
    }
  }

  private final int limit;
  private final int places;
  private final int placesPerClient;
  private final Queue<Waiter> line = new ConcurrentLinkedQueue<>();
  private final AtomicInteger taken = new AtomicInteger();

  /// An empty room.
  public WaitingRoom(ConcurrencyLimit limit) {
    this.limit = limit.inFlight();
    this.places = limit.patience().isZero() ? 0 : limit.waiting();
    this.placesPerClient = Math.ceilDiv(places, CLIENT_SHARE);
  }

  /// How many requests a replica may have.
  public int limit() {
    return limit;
  }

  /// How many wait.
  public int waiting() {
    return taken.get();
  }

  /// Whether nobody waits.
  public boolean empty() {
    return line.isEmpty();
  }

  /// Whether somebody waits who wants a place at the replica, so that a new request must not go
  /// before.
  public boolean wanted(Replica replica) {
    return firstFor(replica) != null;
  }

  /// Takes a place at a replica for a request that does not wait; false if there is none.
  public boolean take(Replica replica) {
    return replica.load().tryBegin(limit);
  }

  /// A request joins the end of the line. It may be called before this returns.
  public Entry enter(Waiter waiter, FleetView view) {
    if (ofClient(waiter.client()) >= placesPerClient) {
      return taken.get() >= places ? Entry.FULL : Entry.CLIENT_FULL;
    }
    if (taken.incrementAndGet() > places) {
      taken.decrementAndGet();
      return Entry.FULL;
    }
    line.add(waiter);
    serve(view);
    return Entry.WAITS;
  }

  private int ofClient(long client) {
    int count = 0;
    for (Waiter waiter : line) {
      count += waiter.of(client) ? 1 : 0;
    }
    return count;
  }

  /// A request waits no longer; false if it was called already, and will hear of it.
  public boolean leave(Waiter waiter) {
    boolean left = waiter.leave();
    if (left) {
      remove(waiter);
    }
    return left;
  }

  private void remove(Waiter waiter) {
    line.remove(waiter);
    taken.decrementAndGet();
  }

  /// A request at the replica has ended, and its load is given back: the first that wants the place
  /// gets it, if the replica still takes requests.
  public void freed(Replica replica, FleetView view) {
    if (!line.isEmpty() && view.serves(replica)) {
      serve(replica);
    }
  }

  /// Serves the line from all places that are free. For changes that nobody is told of, such as a
  /// replica that has come, it must be called now and then while somebody waits.
  public void serve(FleetView view) {
    for (int seat = 0; seat < view.seats().size() && !line.isEmpty(); seat++) {
      Replica replica = view.seats().get(seat);
      if (replica != null && view.serves(replica)) {
        serve(replica);
      }
    }
  }

  /// Each round a request is called or the replica is found full, so that it ends.
  private void serve(Replica replica) {
    Waiter first;
    while ((first = firstFor(replica)) != null && take(replica)) {
      if (first.call()) {
        remove(first);
        first.tell(replica);
      } else {
        replica.load().end();
      }
    }
  }

  private @Nullable Waiter firstFor(Replica replica) {
    for (Waiter waiter : line) {
      if (waiter.wants(replica)) {
        return waiter;
      }
    }
    return null;
  }
}
