package dev.ringmaster.gateway.route;

import dev.ringmaster.gateway.key.KeyHash;
import dev.ringmaster.gateway.key.KeyRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All that a gateway serves, as one immutable value that takes the place of another as a whole.
///
/// @param services at least one; their names differ
/// @param routes which service a request is for; none if there is one service that gets all
public record Plane(List<ServedService> services, Routes routes) {

  public Plane {
    services = List.copyOf(services);
    Set<String> names = new HashSet<>();
    for (ServedService service : services) {
      if (!names.add(service.name())) {
        throw new IllegalArgumentException("service '" + service.name() + "' is there twice");
      }
    }
    if (services.isEmpty()) {
      throw new IllegalArgumentException("there is no service");
    }
    if (services.size() > 1 && routes.list().isEmpty()) {
      throw new IllegalArgumentException(
          "there are " + services.size() + " services, and no route says which gets what");
    }
    for (Route route : routes.list()) {
      for (Share share : route.shares()) {
        if (!names.contains(share.service())) {
          throw new IllegalArgumentException(
              "route '" + route.name() + "': there is no service '" + share.service() + "'");
        }
      }
    }
    for (Route route : routes.list()) {
      requireKeyInHead(route, named(services, route.shares().getFirst().service()));
    }
  }

  /// A split is decided before the body comes and before a cookie can be set.
  private static void requireKeyInHead(Route route, ServedService first) {
    KeyRule rule = first.settings().key();
    if (route.shares().size() > 1 && !new KeyHash(rule, first.settings().hash()).inHead()) {
      throw new IllegalArgumentException(
          "route '"
              + route.name()
              + "': a split needs a key that every request brings in its head, and the key of"
              + " service '"
              + first.name()
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
