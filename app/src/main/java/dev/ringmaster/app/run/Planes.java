package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.RouteMatch;
import dev.ringmaster.app.settings.RouteRule;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Protection;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.gateway.route.HeaderRule;
import dev.ringmaster.gateway.route.Match;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.Route;
import dev.ringmaster.gateway.route.Routes;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.route.Share;
import dev.ringmaster.gateway.settings.RouteSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the gateway serves, from the settings and the fleets.
final class Planes {
  private Planes() {}

  /// @param fleets by the name of their service
  /// @param secret of the key hash
  static Plane of(Configuration configuration, Map<String, FleetControl> fleets, byte[] secret)
      throws CannotStart {
    List<ServedService> services = new ArrayList<>();
    for (Values values : configuration.services()) {
      String name = values.get(Replicas.SERVICE);
      FleetControl fleet = fleets.get(name);
      if (fleet == null) {
        throw new IllegalArgumentException("service " + name + " has no fleet");
      }
      services.add(new ServedService(name, Plan.service(values, secret), fleet));
    }
    List<Route> routes = configuration.routes().stream().map(Planes::route).toList();
    return new Plane(services, new Routes(routes));
  }

  private static Route route(RouteRule rule) {
    List<Share> shares = new ArrayList<>();
    rule.shares().forEach((service, share) -> shares.add(new Share(service, share)));
    return new Route(rule.name(), match(rule.match()), shares, settings(rule.own()));
  }

  private static Match match(RouteMatch match) {
    List<HeaderRule> headers = new ArrayList<>();
    match
        .headers()
        .forEach(
            (name, value) -> headers.add(new HeaderRule(name, value.isEmpty() ? null : value)));
    return new Match(match.host(), match.path(), match.methods(), headers);
  }

  private static RouteSettings settings(Values own) {
    return new RouteSettings(
        own.find(Protection.TIMEOUT_CONNECT).orElse(null),
        own.find(Protection.TIMEOUT_FIRST_BYTE).orElse(null),
        own.find(Protection.TIMEOUT_IDLE).orElse(null),
        own.find(Protection.RETRY_TRIES).orElse(null),
        own.find(Protection.LIMIT_BODY_BYTES).orElse(null));
  }
}
