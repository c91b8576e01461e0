package dev.ringmaster.gateway.ledger;

import dev.ringmaster.gateway.heavy.HeavyKey;
import dev.ringmaster.gateway.tls.TlsReport;
import dev.ringmaster.queue.control.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All exchanges since the start, merged over all event loops. Counters only grow.
///
/// @param services one entry for each service
/// @param routing which routes the requests had
/// @param unrouted answers that concern no service (a bad request, or one for Ringmaster itself),
///   by status class 1xx to 5xx
/// @param inFlight exchanges open now, those of services included
/// @param connections client connections open now
/// @param refusals what clients were refused
/// @param messages what carrying messages of queues has come to
/// @param tls what TLS towards clients has come to; null if there is none
/// @param logLinesLost lines that the access log could not keep
public record LedgerTotals(
    List<ServiceTotals> services,
    RoutingTotals routing,
    List<Long> unrouted,
    long inFlight,
    long connections,
    RefusalTotals refusals,
    MessageTotals messages,
    @Nullable TlsReport tls,
    long logLinesLost) {

  /// What requests that shall wait, and carrying the messages of queues, have come to since the
  /// start. What is carried is among the exchanges of its service too.
  ///
  /// @param accepted requests that are on disk because their clients preferred that
  /// @param refusals those that were refused, by reason
  /// @param carried under way now
  /// @param answered by a replica, with any status
  /// @param broken a replica was tried and gave no answer
  /// @param refused no replica had it
  public record MessageTotals(
      long accepted,
      Map<Refusal, Long> refusals,
      long carried,
      long answered,
      long broken,
      long refused) {
    /// Nothing yet.
    public static final MessageTotals NONE = new MessageTotals(0, Map.of(), 0, 0, 0, 0);

    public MessageTotals {
      refusals = Map.copyOf(refusals);
    }
  }

  /// What clients were refused since the start.
  ///
  /// @param connections closed at once, because there were too many, or too many of one client
  /// @param requests answered 429, because their clients asked too often
  /// @param greetings connections closed for a PROXY header that was missing or wrong
  /// @param shed connections closed because memory was short and they took nothing
  public record RefusalTotals(long connections, long requests, long greetings, long shed) {
    /// Nothing yet.
    public static final RefusalTotals NONE = new RefusalTotals(0, 0, 0, 0);
  }

  /// Totals without TLS and refusals.
  public LedgerTotals(
      List<ServiceTotals> services,
      RoutingTotals routing,
      List<Long> unrouted,
      long inFlight,
      long connections) {
    this(
        services,
        routing,
        unrouted,
        inFlight,
        connections,
        RefusalTotals.NONE,
        MessageTotals.NONE,
        null,
        0);
  }

  /// The same with what TLS has come to, and the access log.
  public LedgerTotals with(@Nullable TlsReport report, long lost) {
    return new LedgerTotals(
        services, routing, unrouted, inFlight, connections, refusals, messages, report, lost);
  }

  /// Which routes the requests had; nothing but zeros where there are no routes.
  ///
  /// @param routes one entry for each route
  /// @param noRoute requests that no route is for
  /// @param unclearPath requests whose path could be meant for more than one route
  public record RoutingTotals(List<RouteTotals> routes, long noRoute, long unclearPath) {
    /// No routes.
    public static final RoutingTotals NONE = new RoutingTotals(List.of(), 0, 0);
  }

  /// The requests of one route.
  ///
  /// @param route its name
  /// @param requests how many it had
  public record RouteTotals(String route, long requests) {}

  /// One service's exchanges.
  ///
  /// @param service the service's name
  /// @param seats one entry for each seat that ever had an exchange
  /// @param unseated exchanges that reached no seat because no replica served, by status class 1xx
  ///   to 5xx
  /// @param inFlight exchanges open now, tunnels included
  /// @param tunnels its connections that left HTTP
  /// @param waits who waited for a place at a replica, and whose time was up
  /// @param keys where keys came from that are not in the head, and the heavy ones
  /// @param untrusted tries that ended because TLS with the replica was not agreed upon, or its
  ///   certificate is not trusted
  public record ServiceTotals(
      String service,
      List<SeatTotals> seats,
      List<Long> unseated,
      long inFlight,
      TunnelTotals tunnels,
      WaitTotals waits,
      KeyTotals keys,
      long untrusted) {}

  /// How the exchanges of a service waited for places at its replicas.
  ///
  /// @param waiting exchanges that wait now
  /// @param durationCounts waits that ended, with a place or without, by duration, as those of
  ///   [SeatTotals]
  /// @param durationSumNs the sum of all those durations
  /// @param turnedAway exchanges that got no place
  /// @param overtime exchanges that were ended because all of it took too long
  /// @param hedged exchanges that got a second try because the first was slow
  /// @param hedgeWon second tries that began to answer before the first
  public record WaitTotals(
      long waiting,
      List<Long> durationCounts,
      long durationSumNs,
      long turnedAway,
      long overtime,
      long hedged,
      long hedgeWon) {

    /// Nobody ever waited.
    public static final WaitTotals NONE = new WaitTotals(0, List.of(), 0, 0, 0, 0, 0);
  }

  /// Connections that left HTTP.
  ///
  /// @param open now
  /// @param opened since the start
  public record TunnelTotals(long open, long opened) {
    /// None yet.
    public static final TunnelTotals NONE = new TunnelTotals(0, 0);
  }

  /// A service's keys: those from bodies and signed cookies, and the heavy ones.
  ///
  /// @param bodyKeys bodies that gave a key
  /// @param bodyMisses bodies that gave none, by the order of [BodyMiss]
  /// @param stickyIssued cookies given to clients
  /// @param stickyForged requests with cookies that were not made here
  /// @param heavy the keys that are hotter than a seat's fair share now, the hottest first
  public record KeyTotals(
      long bodyKeys,
      List<Long> bodyMisses,
      long stickyIssued,
      long stickyForged,
      List<HeavyKey> heavy) {

    /// Nothing yet.
    public static final KeyTotals NONE = new KeyTotals(0, List.of(), 0, 0, List.of());
  }

  /// One seat's exchanges.
  ///
  /// @param seat the seat of the last try
  /// @param byStatusClass answers by status class, 1xx to 5xx
  /// @param retries tries at this seat that were followed by another
  /// @param spills exchanges this seat got because a seat before it was full
  /// @param bytesIn body bytes from clients
  /// @param bytesOut body bytes to clients
  /// @param durationCounts exchanges by duration; the i-th is for durations up to the i-th of
  ///   [#BOUNDS_NS], the last for all above
  /// @param durationSumNs the sum of all durations
  /// @param spreads exchanges this seat got of keys that are spread
  public record SeatTotals(
      int seat,
      List<Long> byStatusClass,
      long retries,
      long spills,
      long bytesIn,
      long bytesOut,
      List<Long> durationCounts,
      long durationSumNs,
      long spreads) {

    /// The upper bounds of the duration buckets, in nanoseconds: 100 µs to 30 s.
    public static final List<Long> BOUNDS_NS =
        List.of(
            100_000L,
            250_000L,
            500_000L,
            1_000_000L,
            2_500_000L,
            5_000_000L,
            10_000_000L,
            25_000_000L,
            50_000_000L,
            100_000_000L,
            250_000_000L,
            500_000_000L,
            1_000_000_000L,
            2_500_000_000L,
            5_000_000_000L,
            10_000_000_000L,
            30_000_000_000L);
  }
}
