package dev.ringmaster.gateway.route;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All that a gateway serves, as one immutable value that takes the place of another as a whole.
///
/// @param services at least one; their names differ
public record Plane(List<ServedService> services) {

  public Plane {
    services = List.copyOf(services);
    if (services.isEmpty()) {
      throw new IllegalArgumentException("there is no service");
    }
    Set<String> names = new HashSet<>();
    for (ServedService service : services) {
      if (!names.add(service.name())) {
        throw new IllegalArgumentException("service '" + service.name() + "' is there twice");
      }
    }
  }

  /// One service that gets every request.
  public static Plane of(ServedService only) {
    return new Plane(List.of(only));
  }
}
