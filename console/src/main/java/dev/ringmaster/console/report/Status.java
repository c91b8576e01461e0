package dev.ringmaster.console.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ringmaster.console.place.Place;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.ring.Roster;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A fleet as `GET /api/status` shows it.
///
/// @param service the service's name
/// @param n N, as last commanded
/// @param serving how many replicas serve on seats
/// @param table which table routes now
/// @param replicas the replicas on seats and those that leave, in the order in which they were
///   added
/// @param spares the replicas that wait outside the table
public record Status(
    String service,
    @JsonProperty("N") int n,
    int serving,
    TableMark table,
    List<ReplicaStatus> replicas,
    List<ReplicaStatus> spares) {

  /// One replica.
  ///
  /// @param seat the number of its seat; -1 for a spare and for one that leaves
  /// @param state in lower case, as in the drawing of [dev.ringmaster.fleet.ReplicaState]
  /// @param address host and port; empty before it runs
  /// @param inFlight its requests in flight
  /// @param restarts how often its seat was given a new replica since Ringmaster started
  /// @param note why it is in this state; empty if there is nothing to say
  /// @param since when it came to this state, as in ISO 8601
  /// @param weight its seat's weight as configured or commanded, 0 to 1; 1 for a spare
  /// @param share what of a whole share its seat takes now, 0 to 1: the weight, less while it warms
  ///   up, 0 while it does not serve or is ejected
  /// @param ejectedUntil when it may come back that was ejected for its failures; null if it was
  ///   not
  public record ReplicaStatus(
      String name,
      int seat,
      String state,
      String address,
      int inFlight,
      int restarts,
      String note,
      String since,
      double weight,
      double share,
      @Nullable String ejectedUntil) {

    static ReplicaStatus of(FleetView view, Replica replica) {
      Roster roster = view.table().roster();
      int inTable = replica.seat() == Replica.SPARE ? 0 : roster.weight(replica.seat());
      Instant until = replica.share().ejectedUntil();
      return new ReplicaStatus(
          replica.name(),
          replica.seat(),
          replica.state().name().toLowerCase(Locale.ROOT),
          shown(replica.address()),
          replica.load().inFlight(),
          replica.restarts(),
          replica.note(),
          replica.since().truncatedTo(ChronoUnit.MILLIS).toString(),
          replica.share().weight(),
          rounded((double) inTable / Roster.FULL),
          until == null ? null : until.truncatedTo(ChronoUnit.MILLIS).toString());
    }
  }

  /// Shares are shown to the fourth decimal place.
  private static final double SHARES = 10_000;

  /// The status of the fleet in this view.
  public static Status of(FleetView view) {
    return new Status(
        view.service(),
        view.desired(),
        view.serving(),
        TableMark.of(view.table()),
        statuses(view, EnumSet.of(Place.SEAT, Place.LEAVING)),
        statuses(view, EnumSet.of(Place.SPARE)));
  }

  private static List<ReplicaStatus> statuses(FleetView view, Set<Place> places) {
    return view.replicas().stream()
        .filter(replica -> places.contains(Place.of(replica)))
        .map(replica -> ReplicaStatus.of(view, replica))
        .toList();
  }

  private static double rounded(double part) {
    return Math.round(part * SHARES) / SHARES;
  }

  private static String shown(InetSocketAddress address) {
    return address.getPort() == 0 ? "" : address.getHostString() + ":" + address.getPort();
  }
}
