package dev.ringmaster.gateway.choice;

import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.heavy.HeavyKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a request would go now, and why.
///
/// @param service the service that gets it; null if none does
/// @param route the route that it has; null if there are no routes, or none is for it
/// @param keySource the place that gave the key, such as `header:X-User`
/// @param hash the key's hash; a draw if the place is `random`
/// @param candidates the first three in the order in which the key tries them, the owner first
/// @param chosen the seat the request would go to; -1 if there is none
/// @param replica who sits there; null if there is none
/// @param spills whether the owner is passed over because it is full
/// @param why for people: one sentence
/// @param heavy what is known of the key if it is a heavy one, else null
/// @param queued where it would lie if it were to wait; null if it has no key or may not wait
public record Explanation(
    @Nullable String service,
    @Nullable String route,
    String keySource,
    long hash,
    List<Candidate> candidates,
    int chosen,
    @Nullable String replica,
    boolean spills,
    String why,
    @Nullable HeavyKey heavy,
    @Nullable Queued queued) {

  /// Where the request would lie if it were to wait (`Prefer: respond-async`); it would be
  /// delivered to the same seat.
  ///
  /// @param queue its name
  /// @param slot of the key
  /// @param shard that has the slot now, or would have it if the queue were made now
  public record Queued(String queue, int slot, int shard) {}

  /// A request that reaches no service.
  public static Explanation ofNone(String why) {
    return new Explanation(
        null, null, "none", 0, List.of(), Replica.SPARE, null, false, why, null, null);
  }

  /// The same of that service, with the route that leads there.
  Explanation by(String name, String routeName, String because) {
    return new Explanation(
        name,
        routeName,
        keySource,
        hash,
        candidates,
        chosen,
        replica,
        spills,
        because + "; " + why,
        heavy,
        queued);
  }

  /// A seat that the key may go to.
  ///
  /// @param seat its number
  /// @param replica who sits on it now, null if nobody
  /// @param inFlight its requests in flight
  /// @param cap how many it may have before it is passed over; [Integer#MAX_VALUE] for no bound
  public record Candidate(int seat, @Nullable Replica replica, int inFlight, int cap) {
    /// Whether it has as many requests as it may have.
    public boolean full() {
      return inFlight >= cap;
    }
  }
}
