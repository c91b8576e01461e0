package dev.ringmaster.gateway.route;

import dev.ringmaster.gateway.http1.RequestHead;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The routes of a gateway in their order: of several that a request meets, the first is its.
///
/// Paths are compared so that no request can reach a service by being read in one way here and in
/// another way there. Where a route has a path, a request whose path leads out of itself (a segment
/// `..` or `.`, in any spelling) has none, and neither has one whose path would be another route's
/// if slashes were counted or decoded differently; see [Reading]. All others pass unchanged.
///
/// Immutable; safe for any thread; allocates nothing.
public final class Routes {
  /// The requests of no route.
  public static final int NONE = -1;

  /// The requests whose path could be meant for more than one route.
  public static final int UNCLEAR = -2;

  /// More routes than anybody writes; each is a counter of its own.
  public static final int MOST = 1_000;

  /// No routes: all requests are for the only service.
  public static final Routes EMPTY = new Routes(List.of());

  private final List<Route> routes;
  private final Matcher[] matchers;
  private final Split[] splits;
  private final boolean readsPaths;

  /// @throws IllegalArgumentException if two have the same name, or there are too many
  public Routes(List<Route> routes) {
    this.routes = List.copyOf(routes);
    this.matchers = new Matcher[routes.size()];
    this.splits = new Split[routes.size()];
    if (matchers.length > MOST) {
      throw new IllegalArgumentException("there are more than " + MOST + " routes");
    }
    Set<String> names = new HashSet<>();
    boolean anyPath = false;
    for (int i = 0; i < matchers.length; i++) {
      Route route = routes.get(i);
      matchers[i] = new Matcher(route.match());
      splits[i] = new Split(route.shares());
      anyPath |= matchers[i].readsPath();
      if (!names.add(route.name())) {
        throw new IllegalArgumentException("route '" + route.name() + "' is there twice");
      }
    }
    this.readsPaths = anyPath;
  }

  public List<Route> list() {
    return routes;
  }

  /// The number of a request's route in [#list], [#NONE], or [#UNCLEAR].
  public int match(RequestHead head) {
    PathForm form =
        readsPaths ? PathForm.of(head.bytes(), head.pathFrom(), head.pathTo()) : PathForm.PLAIN;
    return switch (form) {
      case PLAIN -> first(head, Reading.STRICT);
      case ENCODED -> {
        int strict = first(head, Reading.STRICT);
        yield strict == first(head, Reading.LOOSE) ? strict : UNCLEAR;
      }
      case HOSTILE -> UNCLEAR;
    };
  }

  private int first(RequestHead head, Reading reading) {
    for (int i = 0; i < matchers.length; i++) {
      if (matchers[i].matches(head, reading)) {
        return i;
      }
    }
    return NONE;
  }

  /// The share of a route that a key belongs to.
  ///
  /// @param route its number
  /// @param keyHash the hash of the key by the rule of the route's first service
  public int share(int route, long keyHash) {
    return splits[route].pick(keyHash);
  }
}
