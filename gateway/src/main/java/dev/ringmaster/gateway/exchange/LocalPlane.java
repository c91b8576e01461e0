package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.ledger.Count;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.Route;
import dev.ringmaster.gateway.route.Routes;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.route.Share;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one event loop has of the services and routes. Another one takes its place at a reload; an
/// exchange ends with the destination that it began with.
final class LocalPlane {
  /// Services of earlier planes that are looked after. One that is forgotten sooner only does not
  /// hear that its replicas have left; its exchanges and tunnels end when their connections do.
  private static final int MOST_LEAVING = 64;

  private final Lane lane;
  private final List<LocalService> services;
  private final Routes routes;
  private final Destination[][] byRoute;
  private final Count[] counts;
  private final @Nullable Destination everything;

  /// Services of planes before this one, while their exchanges are open.
  private final List<LocalService> leaving;

  private LocalPlane(
      Lane lane, Plane plane, List<LocalService> services, List<LocalService> leaving) {
    this.lane = lane;
    this.services = services;
    this.leaving = leaving;
    this.routes = plane.routes();
    List<Route> list = routes.list();
    this.everything = list.isEmpty() ? services.getFirst().destination() : null;
    this.byRoute = new Destination[list.size()][];
    this.counts = new Count[list.size()];
    for (int i = 0; i < byRoute.length; i++) {
      byRoute[i] = destinations(list.get(i));
      counts[i] = lane.ledger().ofRoute(list.get(i).name());
    }
  }

  /// The first plane of a lane.
  static LocalPlane first(Lane lane, Plane plane) {
    List<LocalService> services = new ArrayList<>();
    for (ServedService served : plane.services()) {
      services.add(LocalService.of(lane, served));
    }
    return new LocalPlane(lane, plane, services, new ArrayList<>());
  }

  /// The plane that follows this one. Services that are in both keep their pools and counters; the
  /// pools of the others are closed when they fall idle.
  LocalPlane next(Plane plane) {
    List<LocalService> kept = new ArrayList<>();
    List<LocalService> next = new ArrayList<>();
    for (ServedService served : plane.services()) {
      LocalService same = find(served);
      if (same == null) {
        next.add(LocalService.of(lane, served));
      } else {
        kept.add(same);
        next.add(same.under(served));
      }
    }
    List<LocalService> left = new ArrayList<>(leaving);
    for (LocalService service : services) {
      if (!kept.contains(service)) {
        service.close();
        left.add(service);
      }
    }
    left = new ArrayList<>(left.subList(Math.max(0, left.size() - MOST_LEAVING), left.size()));
    LocalPlane adopted = new LocalPlane(lane, plane, next, left);
    lane.ledger().keep(names(plane.services()), routeNames(plane.routes().list()));
    return adopted;
  }

  private static Set<String> names(List<ServedService> services) {
    Set<String> names = new HashSet<>();
    services.forEach(service -> names.add(service.name()));
    return names;
  }

  private static Set<String> routeNames(List<Route> routes) {
    Set<String> names = new HashSet<>();
    routes.forEach(route -> names.add(route.name()));
    return names;
  }

  private @Nullable LocalService find(ServedService served) {
    for (LocalService service : services) {
      if (service.is(served)) {
        return service;
      }
    }
    return null;
  }

  private Destination[] destinations(Route route) {
    List<Share> shares = route.shares();
    Destination[] destinations = new Destination[shares.size()];
    for (int i = 0; i < destinations.length; i++) {
      LocalService service = named(shares.get(i).service());
      Terms terms = Terms.of(route.settings().over(service.settings()), lane.waits());
      destinations[i] = new Destination(service, terms);
    }
    return destinations;
  }

  private LocalService named(String name) {
    LocalService found = service(name);
    if (found == null) {
      throw new IllegalArgumentException("there is no service '" + name + "'");
    }
    return found;
  }

  /// The service of a name; null if there is none.
  @Nullable LocalService service(String name) {
    for (LocalService service : services) {
      if (service.name().equals(name)) {
        return service;
      }
    }
    return null;
  }

  /// Some service's destination, for an exchange that has none yet.
  Destination any() {
    return services.getFirst().destination();
  }

  /// Where the client's request goes; null if it has no route, which [#refusal] explains.
  @Nullable Destination route(ClientConnection client) {
    return everything != null ? everything : routed(client);
  }

  private @Nullable Destination routed(ClientConnection client) {
    int route = routes.match(client.head());
    if (route < 0) {
      return null;
    }
    counts[route].add(1);
    return share(route, client);
  }

  private Destination share(int route, ClientConnection client) {
    Destination[] shares = byRoute[route];
    Destination first = shares[0];
    if (shares.length == 1) {
      return first;
    }
    long hash =
        first.service().keys().hash(client.head(), client.origin().address(), lane.random());
    return shares[routes.share(route, hash)];
  }

  /// Where a request goes that shall wait in a queue; null if it may not, or has no route.
  @Nullable Destination queued(ClientConnection client) {
    int route = everything == null ? routes.match(client.head()) : -1;
    if (everything == null && route < 0) {
      return null;
    }
    Destination found = everything == null ? share(route, client) : everything;
    if (!found.terms().async()) {
      return null;
    }
    if (route >= 0) {
      counts[route].add(1);
    }
    return found;
  }

  /// Why a request has no route.
  Unrouted refusal(RequestHead head) {
    return routes.match(head) == Routes.UNCLEAR ? Unrouted.UNCLEAR_PATH : Unrouted.NO_ROUTE;
  }

  /// Once in each tick of the loop's clock.
  void tick() {
    for (LocalService service : services) {
      service.tick();
    }
    if (!leaving.isEmpty()) {
      leaving.forEach(LocalService::tick);
      leaving.removeIf(service -> service.ledger().inFlight() == 0);
    }
  }

  /// Closes every kept connection.
  void close() {
    services.forEach(LocalService::close);
  }
}
