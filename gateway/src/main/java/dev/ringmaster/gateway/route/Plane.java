package dev.ringmaster.gateway.route;

import dev.ringmaster.gateway.key.KeyRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// All that a gateway serves, as one immutable value that takes the place of another as a whole.
///
/// @param services at least one; their names differ
/// @param routes which service a request is for; none if there is one service that gets all
public record Plane(List<ServedService> services, Routes routes) {

  public Plane {
    services = List.copyOf(services);
    Map<String, KeyRule> keys = new HashMap<>();
    for (ServedService service : services) {
      if (keys.put(service.name(), service.settings().key()) != null) {
        throw new IllegalArgumentException("service '" + service.name() + "' is there twice");
      }
    }
    require(keys, routes);
  }

  /// Judges a plane before there are fleets to serve it.
  ///
  /// @param keys the key rule of each service, by its name
  /// @throws IllegalArgumentException saying why there can be no such plane
  public static void require(Map<String, KeyRule> keys, Routes routes) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no service");
    }
    if (keys.size() > 1 && routes.list().isEmpty()) {
      throw new IllegalArgumentException(
          "there are " + keys.size() + " services, and no route says which gets what");
    }
    for (Route route : routes.list()) {
      for (Share share : route.shares()) {
        if (!keys.containsKey(share.service())) {
          throw new IllegalArgumentException(
              "route '" + route.name() + "': there is no service '" + share.service() + "'");
        }
      }
    }
    for (Route route : routes.list()) {
      if (route.shares().size() > 1) {
        String first = route.shares().getFirst().service();
        requireKeyInHead(route, first, Objects.requireNonNull(keys.get(first)));
      }
    }
  }

  /// A split is decided before the body comes and before a cookie can be set.
  private static void requireKeyInHead(Route route, String first, KeyRule rule) {
    if (!rule.inHead()) {
      throw new IllegalArgumentException(
          "route '"
              + route.name()
              + "': a split needs a key that every request brings in its head, and the key of"
              + " service '"
              + first
              + "' is "
              + rule.text());
    }
  }

  /// One service that gets every request.
  public static Plane of(ServedService only) {
    return new Plane(List.of(only), Routes.EMPTY);
  }

  /// The service of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public ServedService service(String name) {
    return named(services, name);
  }

  private static ServedService named(List<ServedService> services, String name) {
    for (ServedService service : services) {
      if (service.name().equals(name)) {
        return service;
      }
    }
    throw new IllegalArgumentException("there is no service '" + name + "'");
  }
}
