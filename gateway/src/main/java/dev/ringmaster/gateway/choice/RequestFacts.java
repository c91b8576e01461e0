package dev.ringmaster.gateway.choice;

import java.net.InetAddress;
import java.util.Map;

/// What must be known of a request to say where it would go.
///
/// @param method such as `GET`
/// @param target path and query
/// @param headers by name; one value each
/// @param client the address of the peer
/// @param body as text; empty if it has none
public record RequestFacts(
    String method, String target, Map<String, String> headers, InetAddress client, String body) {

  /// A request without a body.
  public RequestFacts(
      String method, String target, Map<String, String> headers, InetAddress client) {
    this(method, target, headers, client, "");
  }
}
