package dev.ringmaster.console.report;

import dev.ringmaster.console.answer.Query;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.choice.Explanation;
import dev.ringmaster.gateway.choice.RequestFacts;
import dev.ringmaster.gateway.own.Question;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where a request would go, as `GET /api/explain` shows it.
///
/// @param service the service that gets it; null if no route is for it
/// @param route the route that it has; null if there are no routes, or none is for it
/// @param key the place that gave the key, such as `header:X-User`; `none` if no replica is asked
/// @param hash the key's hash, 16 hexadecimal digits; `none` if no replica is asked
/// @param seat the seat that the request would go to; null if none can take it
/// @param replica who sits there; null if none can take it
/// @param spills whether the key's owner is passed over because it is full
/// @param why one sentence
/// @param heavy what is known of the key if it is hotter than a seat's fair share, else null
/// @param queued where it would lie if it were to wait: queue, slot, shard; null if it has no key
///   or may not wait
/// @param candidates the owner and the two that follow it, in the order in which the key tries them
public record Explained(
    @Nullable String service,
    @Nullable String route,
    String key,
    String hash,
    @Nullable Integer seat,
    @Nullable String replica,
    boolean spills,
    String why,
    HeavyKeys.@Nullable Heavy heavy,
    Explanation.@Nullable Queued queued,
    List<Candidate> candidates) {

  /// The key and the hash of a request that no replica gets.
  private static final String NOBODY = "none";

  private static final Set<String> NAMES = Set.of("path", "method", "header", "client");

  /// One seat that the key may go to.
  ///
  /// @param state of its replica, in lower case; null if nobody sits there
  /// @param cap how many requests it may have before it is passed over; null for no bound
  public record Candidate(
      int seat,
      @Nullable String replica,
      @Nullable String state,
      int inFlight,
      @Nullable Integer cap,
      boolean full) {

    static Candidate of(Explanation.Candidate candidate) {
      @Nullable Replica replica = candidate.replica();
      return new Candidate(
          candidate.seat(),
          replica == null ? null : replica.name(),
          replica == null ? null : replica.state().name().toLowerCase(Locale.ROOT),
          candidate.inFlight(),
          candidate.cap() == Integer.MAX_VALUE ? null : candidate.cap(),
          candidate.full());
    }
  }

  /// The gateway's explanation in this shape.
  public static Explained of(Explanation explanation) {
    boolean routed = explanation.service() != null;
    return new Explained(
        explanation.service(),
        explanation.route(),
        explanation.keySource(),
        routed ? HexFormat.of().toHexDigits(explanation.hash()) : NOBODY,
        explanation.chosen() < 0 ? null : explanation.chosen(),
        explanation.replica(),
        explanation.spills(),
        explanation.why(),
        explanation.heavy() == null
            ? null
            : HeavyKeys.Heavy.of(String.valueOf(explanation.service()), explanation.heavy()),
        explanation.queued(),
        explanation.candidates().stream().map(Candidate::of).toList());
  }

  /// A request that Ringmaster answers itself.
  public static Explained ofOwn(FleetView view, String path) {
    String why = "Ringmaster answers " + path + " itself; no replica gets it";
    return new Explained(
        view.service(), null, NOBODY, NOBODY, null, null, false, why, null, null, List.of());
  }

  /// Reads the request to explain from `path=/x&method=GET&header=Name:value&client=192.0.2.1`;
  /// `header` may be repeated, all but `path` may be absent.
  ///
  /// A body is the one of the question itself, which then is a `POST`; it is JSON if no
  /// `Content-Type` is given.
  ///
  /// @throws IllegalArgumentException if it is not one; the message says what was expected
  public static RequestFacts asked(Question question) {
    Query values = Query.of(question.query(), NAMES);
    String path = values.last("path", "");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path must start with '/', as in ?path=/x");
    }
    String client = values.last("client", "");
    String body = question.body();
    return new RequestFacts(
        values.last("method", body.isEmpty() ? "GET" : "POST"),
        path,
        headers(values.all("header")),
        client.isEmpty() ? question.client() : literal(client),
        body);
  }

  private static Map<String, String> headers(List<String> lines) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("header must be Name:value");
      }
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return headers;
  }

  /// Names are not looked up.
  private static InetAddress literal(String client) {
    try {
      return InetAddress.ofLiteral(client);
    } catch (IllegalArgumentException notAnAddress) {
      throw new IllegalArgumentException("client must be an IP address", notAnAddress);
    }
  }
}
