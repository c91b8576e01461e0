package dev.ringmaster.gateway.route;

import dev.ringmaster.gateway.settings.RouteSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who gets which requests.
///
/// @param name what people and metrics call it
/// @param match the requests it is for
/// @param shares the services that get them, each named once; at least one has a weight above 0
/// @param settings what holds for these requests alone
public record Route(String name, Match match, List<Share> shares, RouteSettings settings) {

  public Route {
    shares = List.copyOf(shares);
    Set<String> names = new HashSet<>();
    double all = 0;
    for (Share share : shares) {
      all += share.weight();
      if (!names.add(share.service())) {
        throw new IllegalArgumentException(
            "route '" + name + "': service '" + share.service() + "' is there twice");
      }
    }
    if (all == 0) {
      throw new IllegalArgumentException("route '" + name + "' leads to no service");
    }
  }

  /// A route to one service, with its settings.
  public static Route to(String service, Match match) {
    return new Route(match.text(), match, List.of(new Share(service, 1)), RouteSettings.NONE);
  }

  /// A route to several services, with their settings.
  public static Route split(Match match, Share... shares) {
    return new Route(match.text(), match, List.of(shares), RouteSettings.NONE);
  }

  public Route withSettings(RouteSettings settings) {
    return new Route(name, match, shares, settings);
  }
}
