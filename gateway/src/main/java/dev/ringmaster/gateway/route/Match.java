package dev.ringmaster.gateway.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The requests that a route is for: those that meet all of its conditions.
///
/// @param host a host name without a port, or `*.` and a domain for all hosts below it; null for
///   any. Case and a dot at the end do not matter.
/// @param path a path; the route is for it and for what is below it, segment by segment, so that
///   `/users` has `/users/1` and not `/users2`. Null or `/` for any
/// @param methods one of them must be the request's; empty for any
/// @param headers all of them must hold
public record Match(
    @Nullable String host, @Nullable String path, Set<String> methods, List<HeaderRule> headers) {

  /// Every request.
  public static final Match ANY = new Match(null, null, Set.of(), List.of());

  public Match {
    if (host != null) {
      host = HostName.normal(host);
    }
    if (path != null) {
      path = PathPrefix.normal(path);
    }
    methods = Set.copyOf(methods);
    headers = List.copyOf(headers);
  }

  public Match withHost(String host) {
    return new Match(host, path, methods, headers);
  }

  public Match withPath(String path) {
    return new Match(host, path, methods, headers);
  }

  public Match withMethods(String... methods) {
    return new Match(host, path, Set.of(methods), headers);
  }

  public Match withHeader(String name, @Nullable String value) {
    List<HeaderRule> more = new ArrayList<>(headers);
    more.add(new HeaderRule(name, value));
    return new Match(host, path, methods, more);
  }

  /// The conditions for people, such as `host a.example, path /users`.
  public String text() {
    List<String> texts = new ArrayList<>();
    if (host != null) {
      texts.add("host " + host);
    }
    if (path != null) {
      texts.add("path " + path);
    }
    if (!methods.isEmpty()) {
      texts.add("method " + String.join("|", new TreeSet<>(methods)));
    }
    for (HeaderRule header : headers) {
      texts.add(header.text());
    }
    return texts.isEmpty() ? "any request" : String.join(", ", texts);
  }
}
