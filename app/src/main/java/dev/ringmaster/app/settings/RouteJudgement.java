package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.catalog.Affinity;
import dev.ringmaster.app.settings.catalog.Replicas;
import dev.ringmaster.app.settings.problem.Problem;
import dev.ringmaster.gateway.key.KeyRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Routes that are right alone and wrong beside others, or for their services.
final class RouteJudgement {
  private final String file;
  private final List<RouteSection> routes;
  private final List<Problem> found = new ArrayList<>();

  private RouteJudgement(String file, List<RouteSection> routes) {
    this.file = file;
    this.routes = routes;
  }

  /// @param services whose names the routes have
  static List<Problem> of(String file, List<RouteSection> routes, List<Values> services) {
    RouteJudgement judgement = new RouteJudgement(file, routes);
    judgement.neverMatched();
    judgement.namedTwice();
    judgement.splitWithoutKey(services);
    return judgement.found;
  }

  private void neverMatched() {
    for (int later = 1; later < routes.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (routes.get(earlier).match().covers(routes.get(later).match())) {
          RouteSection first = routes.get(earlier);
          found(
              routes.get(later),
              "never gets a request: route "
                  + first.place().number()
                  + " in line "
                  + first.line()
                  + " takes all of its requests first; put it before that one");
          break;
        }
      }
    }
  }

  private void namedTwice() {
    Map<String, Integer> lines = new HashMap<>();
    for (RouteSection route : routes) {
      Integer earlier = lines.putIfAbsent(route.name(), route.line());
      if (earlier != null) {
        found(route, "has the name '" + route.name() + "' of the route in line " + earlier);
      }
    }
  }

  /// A split is decided before the body comes and before a cookie can be set.
  private void splitWithoutKey(List<Values> services) {
    Map<String, KeyRule> keys = new HashMap<>();
    services.forEach(one -> keys.put(one.get(Replicas.SERVICE), one.get(Affinity.KEY)));
    for (RouteSection route : routes) {
      String first = route.shares().keySet().iterator().next();
      KeyRule rule = keys.get(first);
      if (route.shares().size() > 1 && rule != null && !rule.inHead()) {
        found(
            route,
            "split: needs a key that stands in the head of every request, and that of '"
                + first
                + "', named first, is "
                + rule.text());
      }
    }
  }

  private void found(RouteSection route, String what) {
    found.add(route.problem(file, what));
  }
}
