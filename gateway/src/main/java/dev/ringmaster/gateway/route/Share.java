package dev.ringmaster.gateway.route;

/// A service's part of a route's keys.
///
/// @param service its name
/// @param weight its part, in relation to the weights of the others; 0 for none, at least 0
public record Share(String service, double weight) {

  public Share {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "share " + weight + " of service '" + service + "' is not a number from 0 on");
    }
  }
}
