package dev.ringmaster.gateway.choice;

import dev.ringmaster.gateway.heavy.HeavyWatch;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.route.Plane;
import dev.ringmaster.gateway.route.Route;
import dev.ringmaster.gateway.route.Routes;
import dev.ringmaster.gateway.route.ServedService;
import dev.ringmaster.queue.control.QueueControl;
import org.jspecify.annotations.Nullable;

/// Says which route a request has and where it would go from there, by the same code that sends it.
/// Safe for any thread.
///
/// @param plane what is served
/// @param watch knows the heavy keys
/// @param queues where requests may wait; null if there are none
public record RouteExplainer(Plane plane, HeavyWatch watch, @Nullable QueueControl queues) {

  /// Explains one request.
  ///
  /// @throws IllegalArgumentException if the facts make no valid request; the message says why
  public Explanation explain(RequestFacts facts) {
    RequestHead head = Explainer.head(facts);
    Routes routes = plane.routes();
    if (routes.list().isEmpty()) {
      return explain(plane.services().getFirst(), facts, head);
    }
    int number = routes.match(head);
    return switch (number) {
      case Routes.NONE -> Explanation.ofNone("no route is for this request, so that it gets 404");
      case Routes.UNCLEAR ->
          Explanation.ofNone("the path has more than one meaning, so that it gets 400");
      default -> explain(number, facts, head);
    };
  }

  private Explanation explain(int number, RequestFacts facts, RequestHead head) {
    Route route = plane.routes().list().get(number);
    String first = route.shares().getFirst().service();
    String because = "route '" + route.name() + "' is the first for " + route.match().text();
    if (route.shares().size() == 1) {
      return explain(plane.service(first), facts, head).by(first, route.name(), because);
    }
    long hash = explainer(plane.service(first)).hash(facts, head);
    String service = route.shares().get(plane.routes().share(number, hash)).service();
    return explain(plane.service(service), facts, head)
        .by(
            service,
            route.name(),
            because + "; its key is in the share of service '" + service + "'");
  }

  private Explanation explain(ServedService served, RequestFacts facts, RequestHead head) {
    return explainer(served).explain(served.fleet().view(), facts, head);
  }

  private Explainer explainer(ServedService served) {
    return new Explainer(served.name(), served.settings(), watch, queues);
  }
}
