package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.ledger.Count;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.Route;
import dev.ringmaster.gateway.route.Routes;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.route.Share;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one event loop has of the services and routes. Another one takes its place at a reload; an
/// exchange ends with the destination that it began with.
final class LocalPlane {
  private final Lane lane;
  private final List<LocalService> services;
  private final Routes routes;
  private final Destination[][] byRoute;
  private final Count[] counts;
  private final @Nullable Destination everything;

  private LocalPlane(Lane lane, Plane plane, List<LocalService> services) {
    this.lane = lane;
    this.services = services;
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
    return new LocalPlane(lane, plane, services);
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
        next.add(same.under(served.settings()));
      }
    }
    for (LocalService service : services) {
      if (!kept.contains(service)) {
        service.close();
      }
    }
    return new LocalPlane(lane, plane, next);
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
    for (LocalService service : services) {
      if (service.name().equals(name)) {
        return service;
      }
    }
    throw new IllegalArgumentException("there is no service '" + name + "'");
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
    Destination[] shares = byRoute[route];
    Destination first = shares[0];
    if (shares.length == 1) {
      return first;
    }
    long hash = first.service().keys().hash(client.head(), client.address(), lane.random());
    return shares[routes.share(route, hash)];
  }

  /// Why a request has no route.
  Unrouted refusal(RequestHead head) {
    return routes.match(head) == Routes.UNCLEAR ? Unrouted.UNCLEAR_PATH : Unrouted.NO_ROUTE;
  }

  /// Closes every kept connection.
  void close() {
    services.forEach(LocalService::close);
  }
}
