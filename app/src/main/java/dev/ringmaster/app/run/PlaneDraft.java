package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.RouteMatch;
import dev.ringmaster.app.settings.RouteRule;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Protection;
import dev.ringmaster.app.settings.catalog.Queueing;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.route.HeaderRule;
import dev.ringmaster.gateway.route.Match;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.Route;
import dev.ringmaster.gateway.route.Routes;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.gateway.route.Share;
import dev.ringmaster.gateway.settings.RouteSettings;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.tls.ReplicaTls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the gateway is to serve, by the settings alone: judged as a whole and with all files read,
/// before there are fleets for it.
///
/// @param services in the order of the settings
/// @param routes in the order in which they are tried
record PlaneDraft(List<Service> services, Routes routes) {

  /// A service without its fleet.
  ///
  /// @param tls towards its replicas; null for none
  record Service(String name, ServiceSettings settings, @Nullable ReplicaTls tls) {}

  /// @param secret of the key hash
  /// @throws CannotStart if there can be no such plane; the message says why
  static PlaneDraft of(Configuration configuration, byte[] secret) throws CannotStart {
    List<Service> services = new ArrayList<>();
    Map<String, KeyRule> keys = new HashMap<>();
    for (Values values : configuration.services()) {
      String name = values.get(Replicas.SERVICE);
      ServiceSettings settings = Plan.service(values, secret);
      services.add(new Service(name, settings, Links.tls(settings.link())));
      keys.put(name, settings.key());
    }
    try {
      Routes routes = new Routes(configuration.routes().stream().map(PlaneDraft::route).toList());
      Plane.require(keys, routes);
      return new PlaneDraft(services, routes);
    } catch (IllegalArgumentException e) {
      throw new CannotStart(String.valueOf(e.getMessage()), e);
    }
  }

  /// The plane over these fleets, by the name of their service.
  Plane over(Map<String, FleetControl> fleets) {
    List<ServedService> served = new ArrayList<>();
    for (Service service : services) {
      FleetControl fleet = fleets.get(service.name);
      if (fleet == null) {
        throw new IllegalStateException("service " + service.name + " has no fleet");
      }
      served.add(new ServedService(service.name, service.settings, fleet, service.tls));
    }
    return new Plane(served, routes);
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
        own.find(Protection.TIMEOUT_REQUEST).orElse(null),
        own.find(Protection.RETRY_TRIES).orElse(null),
        own.find(Protection.LIMIT_BODY_BYTES).orElse(null),
        own.find(Queueing.RESPOND_ASYNC).orElse(null));
  }
}
